using System.Buffers;

namespace IsapiHost.Extensions.Uploads;

/// <summary>
/// Keeps a body of unknown length until all of it is here and its length is known: in memory while it is small, then in a temporary file,
/// which is deleted with this.
/// </summary>
internal sealed class UploadSpool : IDisposable
{
    private const int MemoryThreshold = 65_536;

    private Stream _bytes = new MemoryStream();

    /// <summary>Where temporary files are put.</summary>
    public static string Folder => Path.GetTempPath();

    /// <summary>Bytes so far.</summary>
    public long Length => _bytes.Length;

    /// <exception cref="IOException">The file cannot be written: the disk is full, for instance.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be made.</exception>
    public async ValueTask AddAsync(ReadOnlySequence<byte> data)
    {
        if (_bytes is MemoryStream memory && Length + data.Length > MemoryThreshold)
        {
            var file = CreateFile();
            _bytes = file;
            memory.Position = 0;
            await memory.CopyToAsync(file);
        }

        foreach (var piece in data)
        {
            await _bytes.WriteAsync(piece);
        }
    }

    /// <summary>What was added, from its first byte on. Nothing can be added any more.</summary>
    public Stream Read()
    {
        _bytes.Position = 0;
        return _bytes;
    }

    public void Dispose() => _bytes.Dispose();

    private static FileStream CreateFile()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose | FileOptions.SequentialScan,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Folder, $"isapihost-{Guid.NewGuid():N}.upload"), options);
    }
}
