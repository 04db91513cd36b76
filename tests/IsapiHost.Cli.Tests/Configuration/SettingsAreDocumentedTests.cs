using System.Globalization;
using System.Text.Json.Nodes;
using IsapiHost.Cli.Forwarding;
using IsapiHost.Hosting.Settings;

namespace IsapiHost.Cli.Tests.Configuration;

/// <summary>
/// The declaration of an option is the one place that states it: name, type, bounds, default. The schema for editors and
/// docs/configuration.md repeat that for their readers, and may say nothing else.
/// </summary>
public sealed class SettingsAreDocumentedTests
{
    private const string TimePattern = "^([0-9]+|([0-9]+\\.)?[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)$";
    private const string SizePattern = "^([0-9]+|[Uu]nlimited)$";

    // These depend on the version or on the system.
    private static readonly string[] _withoutFixedDefault = ["Site:ServerSoftware"];

    private static readonly JsonNode _schema =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "appsettings.schema.json")))!["properties"]!["Isapi"]!;

    private static readonly OptionProperty[] _options =
        [.. OptionProperty.Of(new IsapiOptions()).Concat(OptionProperty.Of(new ForwardOptions())).Where(option => option.Property.CanWrite && OptionText.IsBindable(option.Type))];

    [Fact]
    public void The_schema_has_the_settings_and_no_others() =>
        Assert.Equal(IsapiConfiguration.Names.Order(StringComparer.Ordinal), NamesIn(_schema, "").Order(StringComparer.Ordinal));

    [Fact]
    public void The_schema_has_the_type_the_bounds_and_the_default_of_each_option()
    {
        foreach (var option in _options.Where(option => option.Name != nameof(IsapiOptions.Root)))
        {
            JsonObject inSchema = (JsonObject)Find(option.Name).DeepClone();
            Assert.NotEmpty((string?)inSchema["description"] ?? "");
            inSchema.Remove("description");

            Assert.True(JsonNode.DeepEquals(Expected(option), inSchema), $"{option.Name} should be\n{Expected(option)}\nand is\n{inSchema}");
        }
    }

    [Fact]
    public void The_page_on_configuration_has_the_default_and_the_bounds_of_each_option()
    {
        string[] lines = File.ReadAllLines(Path.Combine(RepositoryRoot(), "docs", "configuration.md"));
        foreach (var option in _options)
        {
            if (lines.FirstOrDefault(line => line.StartsWith($"| `{option.Name}` |", StringComparison.Ordinal)) is { } row)
            {
                string[] cells = row.Split('|');
                Assert.Equal(option.Name + Default(option), option.Name + cells[2].Trim(' ', '`'));
                Assert.Equal(option.Name + Values(option), option.Name + cells[3].Trim());
            }
            else
            {
                // Those with an option on the command line are in the first table.
                Assert.Contains(lines, line => line.Contains($"| `{option.Name}` | `ISAPI__", StringComparison.Ordinal));
            }
        }
    }

    private static string Default(OptionProperty option) =>
        option.Value is null || _withoutFixedDefault.Contains(option.Name) ? "" : OptionText.Show(option.Value);

    private static string Values(OptionProperty option) => option.Bounds switch
    {
        null => "",
        { OrUnlimited: true } => "0 or more, `unlimited`",
        var bounds => string.Create(CultureInfo.InvariantCulture, $"{bounds.Least} to {bounds.Most}{(option.Type == typeof(TimeSpan) ? " s" : "")}"),
    };

    private static JsonObject Expected(OptionProperty option)
    {
        JsonObject node = option.Type switch
        {
            var type when type == typeof(bool) => new() { ["type"] = "boolean" },
            var type when type == typeof(TimeSpan) => NumberOr(option, TimePattern),
            var type when type == typeof(Version) => new() { ["type"] = "string", ["pattern"] = "^[0-9]{1,5}\\.[0-9]{1,5}$" },
            var type when type == typeof(string) => new() { ["type"] = "string" },
            { IsEnum: true } type => new() { ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(name => JsonValue.Create(name))]) },
            _ when option.Bounds!.OrUnlimited => NumberOr(option, SizePattern),
            _ => Number(option),
        };
        if (Default(option) is { Length: > 0 } standard)
        {
            node["default"] = option.Type == typeof(bool) || option.Bounds is not null ? JsonNode.Parse(standard) : standard;
        }

        return node;
    }

    private static JsonObject Number(OptionProperty option)
    {
        JsonObject number = new() { ["type"] = "integer", ["minimum"] = option.Bounds!.Least };
        if (option.Bounds.Most < long.MaxValue)
        {
            number["maximum"] = option.Bounds.Most;
        }

        return number;
    }

    private static JsonObject NumberOr(OptionProperty option, string pattern) =>
        new() { ["anyOf"] = new JsonArray(Number(option), new JsonObject { ["type"] = "string", ["pattern"] = pattern }) };

    private static JsonNode Find(string name) => name.Split(':').Aggregate(_schema, (node, part) => node["properties"]![part]!);

    private static IEnumerable<string> NamesIn(JsonNode node, string prefix) => ((JsonObject)node["properties"]!).SelectMany(property =>
        property.Value!["properties"] is null ? [prefix + property.Key] : NamesIn(property.Value, $"{prefix}{property.Key}:"));

    private static string RepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "IsapiHost.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run from a build of the repository.");
    }
}
