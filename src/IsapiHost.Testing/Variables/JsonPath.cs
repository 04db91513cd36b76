using System.Text.Json;
using System.Text.RegularExpressions;

namespace IsapiHost.Testing.Variables;

/// <summary>Reads one value of a JSON text: <c>$.items[0].id</c>, <c>$['a name']</c>. There are no wildcards and no filters.</summary>
internal static partial class JsonPath
{
    /// <returns>The value: a text as it is, everything else as JSON; null if there is no such value.</returns>
    /// <exception cref="FormatException">The path, or the text, cannot be understood.</exception>
    public static string? Find(string json, string path)
    {
        if (Form().Match(path) is not { Success: true } form)
        {
            throw new FormatException($"'{path}' is not understood. Write a path such as $.items[0].id.");
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            JsonElement? element = document.RootElement;
            foreach (var step in form.Groups["step"].Captures.Select(capture => capture.Value))
            {
                element = element is { } parent ? Step(parent, step) : null;
            }

            return element is not { } found ? null : found.ValueKind == JsonValueKind.String ? found.GetString() : found.GetRawText();
        }
        catch (JsonException e)
        {
            throw new FormatException("the body is not JSON.", e);
        }
    }

    private static JsonElement? Step(JsonElement parent, string step)
    {
        if (step is ['[', >= '0' and <= '9', ..])
        {
            return parent.ValueKind == JsonValueKind.Array && int.TryParse(step[1..^1], out var index) && index < parent.GetArrayLength()
                ? parent[index]
                : null;
        }

        var name = step[0] == '.' ? step[1..] : step[2..^2];
        return parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : null;
    }

    [GeneratedRegex(@"^\$(?<step>\.[^.\[\]\s]+|\[\d+\]|\['[^']*'\]|\[""[^""]*""\])*$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
