using System.Text.Json;
using IsapiHost.Testing.Files;

namespace IsapiHost.Testing.Variables;

/// <summary>
/// The variables of <c>http-client.env.json</c>, with those of the private file beside it: <c>http-client.env.json.user</c> (Visual Studio)
/// or <c>http-client.private.env.json</c> (JetBrains), which win. Those of <c>$shared</c> count for every environment.
/// </summary>
internal sealed class EnvironmentFile
{
    private const string Name = "http-client.env.json";
    private const string UserName = "http-client.env.json.user";
    private const string PrivateName = "http-client.private.env.json";
    private const string Shared = "$shared";

    private static readonly JsonDocumentOptions _json = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private string _path = "";

    private EnvironmentFile()
    {
    }

    /// <summary>Reads the files in the nearest folder that has one: that of the <c>.http</c> file, or one above.</summary>
    /// <param name="httpFile">The <c>.http</c> file.</param>
    /// <param name="environment">The environment; null for what <c>$shared</c> has.</param>
    /// <exception cref="HttpFileException">A file cannot be understood, or there is no such environment.</exception>
    public static EnvironmentFile Find(string httpFile, string? environment)
    {
        EnvironmentFile file = new();
        var nearest = NearestFile.Find(httpFile, Name, UserName, PrivateName);
        if (nearest is null)
        {
            return environment is null
                ? file
                : throw new HttpFileException(httpFile, 0, $"there is no {Name} beside it, nor in a folder above, to find the environment '{environment}' in",
                    "Write one, or leave --env out.");
        }

        file._path = nearest;
        file.Read(Path.GetDirectoryName(nearest)!, environment);
        return file;
    }

    /// <summary>The value of a variable; null if it is not defined.</summary>
    /// <exception cref="HttpFileException">The value is not a text.</exception>
    public string? this[string name] => !_values.TryGetValue(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => throw new HttpFileException(_path, 0, $"the variable '{name}' is not a text",
            "Secrets of an editor's own store cannot be read here: write the value, or give it by --set or {{$processEnv NAME}}."),
    };

    private void Read(string folder, string? environment)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        JsonElement[] roots = [.. new[] { Name, UserName, PrivateName }.Select(name => Path.Combine(folder, name)).Where(File.Exists).Select(Parse)];
        foreach (var wanted in environment is null ? (string[])[Shared] : [Shared, environment])
        {
            foreach (var root in roots)
            {
                known.UnionWith(root.EnumerateObject().Select(property => property.Name));
                if (root.TryGetProperty(wanted, out var variables) && variables.ValueKind == JsonValueKind.Object)
                {
                    foreach (var variable in variables.EnumerateObject())
                    {
                        _values[variable.Name] = variable.Value;
                    }
                }
            }
        }

        if (environment is not null && !known.Contains(environment))
        {
            known.Remove(Shared);
            throw new HttpFileException(_path, 0, $"there is no environment '{environment}'", $"Known are: {string.Join(", ", known)}.");
        }
    }

    private static JsonElement Parse(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(FileText.Read(path, "Make it readable."), _json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new HttpFileException(path, 1, "this is no object of environments", "Write { \"dev\": { \"name\": \"value\" } }.");
        }
        catch (JsonException e)
        {
            throw new HttpFileException(path, (int)(e.LineNumber ?? 0) + 1, $"this is not valid JSON ({e.Message.Split(" LineNumber:")[0].TrimEnd('.')})",
                "Correct it.", e);
        }
    }
}
