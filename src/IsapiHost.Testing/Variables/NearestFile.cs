namespace IsapiHost.Testing.Variables;

/// <summary>Finds a file that belongs to an <c>.http</c> file: beside it, or in the nearest folder above that has one.</summary>
internal static class NearestFile
{
    /// <param name="httpFile">The <c>.http</c> file.</param>
    /// <param name="names">The names that the file may have.</param>
    /// <returns>The path of the first name in the nearest folder that has any; null if none has.</returns>
    public static string? Find(string httpFile, params ReadOnlySpan<string> names)
    {
        for (var folder = Path.GetDirectoryName(Path.GetFullPath(httpFile)); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            foreach (var name in names)
            {
                var path = Path.Combine(folder, name);
                if (File.Exists(path))
                {
                    return path;
                }
            }
        }

        return null;
    }
}
