namespace IsapiHost.Modules.Images;

/// <summary>The functions of Windows by which a module learns, or changes, as whom its thread acts.</summary>
internal static class ThreadTokenFunctions
{
    private static readonly string[] _names =
    [
        "OpenThreadToken", "GetCurrentThreadToken", "SetThreadToken", "ImpersonateLoggedOnUser", "ImpersonateSelf", "RevertToSelf",
    ];

    public static bool Contains(string name) => _names.Contains(name, StringComparer.Ordinal);
}
