using System.Text.Json;

namespace IsapiHost.Docs.Tests.Checks;

/// <summary>JSON as the configuration takes it: with comments and trailing commas.</summary>
internal static class JsonCheck
{
    private static readonly string[] _sections = ["Isapi", "Kestrel", "Logging", "ForwardedHeaders"];
    private static readonly JsonDocumentOptions _options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static string? FaultOf(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, _options);
            return null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    /// <summary>Whether the text is settings of the command.</summary>
    public static bool IsSettings(string text)
    {
        using var document = JsonDocument.Parse(text, _options);
        return document.RootElement.ValueKind == JsonValueKind.Object && _sections.Any(name => document.RootElement.TryGetProperty(name, out _));
    }

    /// <summary>Whether settings name something to serve.</summary>
    public static bool NamesModule(string text)
    {
        using var document = JsonDocument.Parse(text, _options);
        return document.RootElement.TryGetProperty("Isapi", out var isapi)
            && (isapi.TryGetProperty("Dlls", out _) || isapi.TryGetProperty("Maps", out _) || isapi.TryGetProperty("Forward", out _));
    }
}
