using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IsapiHost.Tracing;

/// <summary>Traces as JSON text.</summary>
internal static class TraceJson
{
    private static readonly TraceJsonContext _context = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,

        // Read by people and by JSON parsers, never put into a page as it is.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static string Write(RequestTrace trace) => JsonSerializer.Serialize(trace, _context.RequestTrace);

    /// <exception cref="JsonException">The text is no trace.</exception>
    public static RequestTrace Read(string json)
    {
        var trace = JsonSerializer.Deserialize(json, _context.RequestTrace);
        return trace is null || trace.Calls.Any(call => call is null) || trace.Violations.Any(violation => violation is null)
            ? throw new JsonException("There is nothing where something must be.")
            : trace;
    }
}
