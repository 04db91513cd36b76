namespace IsapiHost.Modules.Loading;

/// <summary>One path for one file: every symbolic link and junction on the way is followed.</summary>
internal static class CanonicalPath
{
    private const int MostLinks = 40; // as many as Linux follows

    /// <summary>How two paths are compared here.</summary>
    public static StringComparer Comparer { get; } = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        for (int i = 0; i < MostLinks; i++)
        {
            string? resolved = FollowFirstLink(full);
            if (resolved is null)
            {
                return full;
            }

            full = resolved;
        }

        return full;
    }

    private static string? FollowFirstLink(string full)
    {
        string root = Path.GetPathRoot(full)!;
        string prefix = root;
        string[] parts = full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            prefix = Path.Combine(prefix, parts[i]);
            if (LinkTarget(prefix) is { } target)
            {
                return Path.GetFullPath(Path.Combine([target, .. parts[(i + 1)..]]));
            }
        }

        return null;
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            FileSystemInfo? target = Directory.Exists(path)
                ? Directory.ResolveLinkTarget(path, returnFinalTarget: false)
                : File.ResolveLinkTarget(path, returnFinalTarget: false);
            return target?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // a folder that may be passed but not looked at
        }
    }
}
