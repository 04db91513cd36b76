using System.Buffers.Binary;

namespace IsapiHost.Modules.Images;

/// <summary>
/// Reads what <see cref="ModuleImage"/> tells of a Linux file, the way the dynamic loader does: by program headers and the dynamic
/// section, never by section headers, which may be stripped. Every count and position in it is taken as hostile.
/// </summary>
internal sealed class ElfReader
{
    private const int MostExports = 65_536;
    private const int MostImports = 1_024;
    private const int MostDynamicEntries = 4_096;
    private const int MostProgramHeaders = 1_024;

    private readonly FileWindow _file;
    private readonly bool _is64Bit;
    private readonly List<Segment> _segments = [];
    private readonly Dictionary<ulong, ulong> _dynamic = [];
    private readonly List<ulong> _needed = [];
    private Segment? _dynamicSegment;

    private ElfReader(FileWindow file, bool is64Bit)
    {
        _file = file;
        _is64Bit = is64Bit;
    }

    private readonly record struct Segment(ulong Offset, ulong Address, ulong FileSize);

    public static ModuleImage Read(string path, FileWindow file)
    {
        ReadOnlySpan<byte> start = file.Read(0, 20);
        byte @class = start[4];
        byte data = start[5];
        if (@class is not (1 or 2) || data is not (1 or 2))
        {
            throw new BadImageFormatException("is damaged: its ELF header is not valid");
        }

        bool is64Bit = @class == 2;
        return data == 2
            ? new ModuleImage(path) { Format = ModuleFormat.Elf, Is64Bit = is64Bit, IsLibrary = start[17] == 3 }
            : new ElfReader(file, is64Bit).Read(path);
    }

    private ModuleImage Read(string path)
    {
        ReadOnlySpan<byte> header = _file.Read(0, _is64Bit ? 64 : 52);
        ushort type = BinaryPrimitives.ReadUInt16LittleEndian(header[16..]);
        ushort machine = BinaryPrimitives.ReadUInt16LittleEndian(header[18..]);
        ReadSegments(header);

        bool isTruncated = _segments.Any(s => s.FileSize > (ulong)_file.Length || s.Offset > (ulong)_file.Length - s.FileSize);
        string? fault = isTruncated ? "is truncated: its segments go on after the end of the file" : null;
        List<string> exports = [];
        List<ImportedLibrary> imports = [];
        string? soName = null;
        string? runPath = null;
        try
        {
            ReadDynamicSection();
            ReadNeeded(imports);
            soName = _dynamic.TryGetValue(ElfConstants.DT_SONAME, out ulong name) ? String(name) : null;
            runPath = _dynamic.TryGetValue(ElfConstants.DT_RUNPATH, out ulong folders) || _dynamic.TryGetValue(ElfConstants.DT_RPATH, out folders)
                ? String(folders)
                : null;
            ReadExports(exports);
        }
        catch (BadImageFormatException e)
        {
            fault ??= e.Message;
        }

        return new ModuleImage(path)
        {
            Format = ModuleFormat.Elf,
            Architecture = Architecture(machine),
            Is64Bit = _is64Bit,
            IsLibrary = type == ElfConstants.ET_DYN && (Dynamic(ElfConstants.DT_FLAGS_1) & ElfConstants.DF_1_PIE) == 0,
            IsTruncated = isTruncated,
            Exports = [.. exports],
            Imports = [.. imports],
            SoName = soName,
            RunPath = runPath,
            Fault = fault,
        };
    }

    private static ModuleArchitecture Architecture(ushort machine) => machine switch
    {
        ElfConstants.EM_386 => ModuleArchitecture.X86,
        ElfConstants.EM_X86_64 => ModuleArchitecture.X64,
        ElfConstants.EM_ARM => ModuleArchitecture.Arm,
        ElfConstants.EM_AARCH64 => ModuleArchitecture.Arm64,
        _ => ModuleArchitecture.Other,
    };

    private void ReadSegments(ReadOnlySpan<byte> header)
    {
        long table = Position(Word(header, 28, 32));
        int size = BinaryPrimitives.ReadUInt16LittleEndian(header[(_is64Bit ? 54 : 42)..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(header[(_is64Bit ? 56 : 44)..]);
        int expected = _is64Bit ? 56 : 32;
        if (count > MostProgramHeaders || (count > 0 && size != expected))
        {
            throw new BadImageFormatException("is damaged: its program headers are not valid");
        }

        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = _file.Read(table + ((long)i * expected), expected);
            Segment segment = new(Word(entry, 4, 8), Word(entry, 8, 16), Word(entry, 16, 32));
            switch (BinaryPrimitives.ReadUInt32LittleEndian(entry))
            {
                case ElfConstants.PT_LOAD:
                    _segments.Add(segment);
                    break;
                case ElfConstants.PT_DYNAMIC:
                    _dynamicSegment = segment;
                    break;
                default:
                    break;
            }
        }
    }

    private void ReadDynamicSection()
    {
        if (_dynamicSegment is not { } segment)
        {
            return;
        }

        int size = _is64Bit ? 16 : 8;
        ulong count = Math.Min(segment.FileSize / (ulong)size, MostDynamicEntries);
        for (ulong i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = _file.Read(Position(segment.Offset) + ((long)i * size), size);
            ulong tag = Word(entry, 0, 0);
            ulong value = Word(entry, 4, 8);
            if (tag == ElfConstants.DT_NULL)
            {
                return;
            }

            if (tag == ElfConstants.DT_NEEDED && _needed.Count < MostImports)
            {
                _needed.Add(value);
            }

            _dynamic[tag] = value;
        }
    }

    private void ReadNeeded(List<ImportedLibrary> imports)
    {
        foreach (ulong name in _needed)
        {
            imports.Add(new ImportedLibrary(String(name), IsDelayed: false));
        }
    }

    private void ReadExports(List<string> exports)
    {
        if (Dynamic(ElfConstants.DT_SYMTAB) is not (> 0 and var symbols))
        {
            return;
        }

        int size = _is64Bit ? 24 : 16;
        long table = Offset(symbols);
        int count = CountSymbols();
        for (int i = 1; i < count && exports.Count < MostExports; i++) // symbol 0 is always empty
        {
            ReadOnlySpan<byte> symbol = _file.Read(table + ((long)i * size), size);
            uint name = BinaryPrimitives.ReadUInt32LittleEndian(symbol);
            byte info = symbol[_is64Bit ? 4 : 12];
            byte visibility = (byte)(symbol[_is64Bit ? 5 : 13] & 3);
            ushort section = BinaryPrimitives.ReadUInt16LittleEndian(symbol[(_is64Bit ? 6 : 14)..]);
            bool isGlobal = (info >> 4) is ElfConstants.STB_GLOBAL or ElfConstants.STB_WEAK or ElfConstants.STB_GNU_UNIQUE;
            bool isVisible = visibility is ElfConstants.STV_DEFAULT or ElfConstants.STV_PROTECTED;
            if (isGlobal && isVisible && section != ElfConstants.SHN_UNDEF)
            {
                exports.Add(String(name));
            }
        }
    }

    /// <summary>The loader never needs the number of symbols, so it stands nowhere but in the hash tables.</summary>
    private int CountSymbols()
    {
        if (Dynamic(ElfConstants.DT_HASH) is > 0 and var hash)
        {
            return Bounded(UInt32(Offset(hash) + 4));
        }

        return Dynamic(ElfConstants.DT_GNU_HASH) is > 0 and var gnuHash ? CountByGnuHash(Offset(gnuHash)) : 0;
    }

    private int CountByGnuHash(long table)
    {
        int buckets = Bounded(UInt32(table));
        uint firstSymbol = UInt32(table + 4);
        int bloomWords = Bounded(UInt32(table + 8));
        long bucketTable = table + 16 + ((long)bloomWords * (_is64Bit ? 8 : 4));
        uint last = 0;
        for (int i = 0; i < buckets; i++)
        {
            last = Math.Max(last, UInt32(bucketTable + (i * 4L)));
        }

        if (last < firstSymbol)
        {
            return 0; // nothing is exported
        }

        long chains = bucketTable + (buckets * 4L);
        while ((UInt32(chains + ((last - firstSymbol) * 4L)) & 1) == 0) // the last symbol of a chain has the lowest bit set
        {
            last = (uint)Bounded(last + 1L);
        }

        return Bounded(last + 1L);
    }

    private static int Bounded(long count) =>
        count <= ElfConstants.MostSymbols ? (int)count : throw new BadImageFormatException("has a larger symbol table than is read here");

    private ulong Dynamic(ulong tag) => _dynamic.GetValueOrDefault(tag);

    private string String(ulong index)
    {
        ulong size = Dynamic(ElfConstants.DT_STRSZ);
        return index < size
            ? _file.ReadName(Offset(Dynamic(ElfConstants.DT_STRTAB)) + Position(index))
            : throw new BadImageFormatException("is damaged: a name lies outside the table of names");
    }

    /// <summary>Where in the file the byte lies that is loaded at this address.</summary>
    private long Offset(ulong address)
    {
        foreach (Segment segment in _segments)
        {
            if (address >= segment.Address && address - segment.Address < segment.FileSize)
            {
                return Position(segment.Offset) + Position(address - segment.Address);
            }
        }

        throw new BadImageFormatException("is damaged: a table points outside the image");
    }

    /// <summary>A position that can be added to others without overflow; one after the end of the file is refused when it is read.</summary>
    private static long Position(ulong value) =>
        value <= long.MaxValue / 4 ? (long)value : throw new BadImageFormatException("is damaged: a table points outside the file");

    private uint UInt32(long offset) => BinaryPrimitives.ReadUInt32LittleEndian(_file.Read(offset, 4));

    private ulong Word(ReadOnlySpan<byte> structure, int offset32, int offset64) => _is64Bit
        ? BinaryPrimitives.ReadUInt64LittleEndian(structure[offset64..])
        : BinaryPrimitives.ReadUInt32LittleEndian(structure[offset32..]);
}
