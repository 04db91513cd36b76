using IsapiHost.Diagnostics;

namespace IsapiHost.Tracing;

/// <summary>Takes <see cref="Credentials"/> out of what a trace shows.</summary>
internal static class SecretMask
{
    /// <summary>Stands in place of a value.</summary>
    public const string Mask = "***";

    /// <summary>The value of a server variable; of one that holds others, such as ALL_HTTP or QUERY_STRING, only the credentials are masked.</summary>
    public static string Variable(string name, string value) => Credentials.IsVariable(name) ? Mask : Lines(value);

    /// <summary>A text with header lines or fields in it: a head, a body, a URL.</summary>
    public static string Lines(string text) => Credentials.ReplaceFields(Credentials.ReplaceHeaderLines(text, Mask), _ => Mask);
}
