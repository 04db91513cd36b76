using System.Text;

namespace IsapiHost.Modules.Images;

/// <summary>
/// A small moving view into a file of any size. A position outside the file is a damaged image
/// (<see cref="BadImageFormatException"/>), since positions come from the file's own tables.
/// </summary>
internal sealed class FileWindow
{
    /// <summary>The most that one <see cref="Read"/> may ask for.</summary>
    public const int LongestRead = PageSize;

    private const int PageSize = 4096;
    private const int LongestName = 4096;
    private const int NameBudget = 4 << 20;

    private readonly byte[] _pages = new byte[2 * PageSize];
    private long _start;
    private int _count;
    private int _nameBytes;

    public FileWindow(Stream stream)
    {
        Stream = stream;
        Length = stream.Length;
    }

    public Stream Stream { get; }

    public long Length { get; }

    public bool StartsWith(ReadOnlySpan<byte> magic) => Length >= magic.Length && Read(0, magic.Length).SequenceEqual(magic);

    /// <summary>The bytes at a position; valid until the next read.</summary>
    public ReadOnlySpan<byte> Read(long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, LongestRead);
        if (offset < 0 || offset > Length - count)
        {
            throw new BadImageFormatException("is damaged: a table points outside the file");
        }

        if (offset < _start || offset + count > _start + _count)
        {
            _start = offset & ~(long)(PageSize - 1);
            Stream.Position = _start;
            _count = Stream.ReadAtLeast(_pages, _pages.Length, throwOnEndOfStream: false);
            if (offset + count > _start + _count)
            {
                throw new BadImageFormatException("is damaged: it became shorter while it was read");
            }
        }

        return _pages.AsSpan((int)(offset - _start), count);
    }

    /// <summary>A NUL-terminated name. All names of a file together are limited too, so that overlapping ones cannot fill the memory.</summary>
    public string ReadName(long offset)
    {
        ReadOnlySpan<byte> bytes = Read(offset, (int)Math.Clamp(Length - offset, 0, LongestName));
        int length = bytes.IndexOf((byte)0);
        if (length < 0)
        {
            throw new BadImageFormatException("is damaged: a name in its tables does not end");
        }

        _nameBytes += length;
        if (_nameBytes > NameBudget)
        {
            throw new BadImageFormatException("has larger tables of names than are read here");
        }

        return Encoding.UTF8.GetString(bytes[..length]);
    }
}
