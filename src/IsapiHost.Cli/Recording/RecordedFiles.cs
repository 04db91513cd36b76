using System.Globalization;

namespace IsapiHost.Cli.Recording;

/// <summary>The folder of recorded files, which are numbered; earlier recordings in it stay. Safe for several threads.</summary>
internal sealed class RecordedFiles
{
    private int _last;

    private RecordedFiles(string folder, int last)
    {
        Folder = folder;
        _last = last;
    }

    public string Folder { get; }

    /// <summary>The folder, made if need be; null, and a fault, if it cannot be written.</summary>
    public static RecordedFiles? Open(string folder, List<string> faults)
    {
        try
        {
            string path = Directory.CreateDirectory(folder).FullName;
            int last = Directory.EnumerateFiles(path, "*.http").Select(Number).DefaultIfEmpty(0).Max();
            return new RecordedFiles(path, last);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            faults.Add($"--out {folder}: this folder cannot be used ({e.Message.TrimEnd('.')}). Name another one.");
            return null;
        }
    }

    /// <summary>The path of a new <c>.http</c> file: <c>0001-get-scripts-ext-dll.http</c>.</summary>
    public string Next(string method, string target)
    {
        var path = $"{method} {target.Split('?')[0]}";
        string words = string.Join('-', new string([.. path.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        int number = Interlocked.Increment(ref _last);
        words = words[..Math.Min(words.Length, 60)];
        return Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{number:0000}-{words}.http"));
    }

    private static int Number(string path) =>
        int.TryParse(Path.GetFileName(path).Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
