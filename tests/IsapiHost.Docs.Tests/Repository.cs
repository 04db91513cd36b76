namespace IsapiHost.Docs.Tests;

/// <summary>Folders of this repository.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Artifacts { get; } = Path.Combine(Root, "artifacts");

    /// <summary>The pages whose blocks are checked, relative to <see cref="Root"/>.</summary>
    public static IEnumerable<string> Pages()
    {
        string[] folders = ["docs", "samples", "src"];
        return folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .Prepend("README.md");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "IsapiHost.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not below the repository's root");
    }
}
