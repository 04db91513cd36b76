using IsapiHost.Modules;
using IsapiHost.Modules.Loading;

namespace IsapiHost.Cli.Inspecting;

/// <summary>An exported function.</summary>
/// <param name="Name">The name as it stands in the file.</param>
/// <param name="Function">The ISAPI function that it is, by its plain name; null for any other.</param>
/// <param name="IsDecorated">
/// Whether a compiler added to the name: <c>_Name@4</c> of C, <c>?name@@YA…</c> and <c>_Z…</c> of C++.
/// </param>
internal sealed record ExportReport(string Name, string? Function, bool IsDecorated)
{
    private static readonly NativeExport[] _isapi =
    [
        IsapiExports.GetExtensionVersion, IsapiExports.HttpExtensionProc, IsapiExports.TerminateExtension,
        IsapiExports.GetFilterVersion, IsapiExports.HttpFilterProc, IsapiExports.TerminateFilter,
    ];

    public static ExportReport From(string name)
    {
        string? function = _isapi.FirstOrDefault(export => export.Spellings.Contains(name))?.Name;
        bool isDecorated = function is not null
            ? function != name
            : name.StartsWith('?') || name.StartsWith("_Z", StringComparison.Ordinal) || EndsWithSize(name);
        return new ExportReport(name, function, isDecorated);
    }

    private static bool EndsWithSize(string name)
    {
        int at = name.LastIndexOf('@');
        return at > 0 && at < name.Length - 1 && name.AsSpan(at + 1).IndexOfAnyExceptInRange('0', '9') < 0;
    }
}
