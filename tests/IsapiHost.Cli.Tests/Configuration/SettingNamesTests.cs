using System.Reflection;
using System.Text.Json;
using IsapiHost.Cli.Configuration;

namespace IsapiHost.Cli.Tests.Configuration;

/// <summary>A property added to the library's options reaches users of the command only if it is added in three more places.</summary>
public sealed class SettingNamesTests
{
    // Set by Dlls and Maps, by Root, and by the command itself, since it must be that of Kestrel.
    private static readonly string[] SetByOtherNames =
        [nameof(IsapiOptions.Handlers), nameof(IsapiOptions.RootPath), nameof(IsapiOptions.RequestHeaderEncoding)];

    [Fact]
    public void Every_property_of_the_options_has_a_setting()
    {
        IEnumerable<string> properties = typeof(IsapiOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name);

        Assert.Empty(properties.Except(SetByOtherNames).Except(SettingNames.All));
    }

    [Fact]
    public void The_schema_has_the_settings_and_no_others()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "appsettings.schema.json")));
        JsonElement section = schema.RootElement.GetProperty("properties").GetProperty("Isapi");

        Assert.Equal(SettingNames.All.Order(), section.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order());
    }
}
