using System.Buffers.Binary;
using System.Reflection.PortableExecutable;

namespace IsapiHost.Modules.Images;

/// <summary>Reads what <see cref="ModuleImage"/> tells of a Windows file. Every count and position in it is taken as hostile.</summary>
internal sealed class PortableExecutableReader
{
    private const int MostExports = 65_536; // a Windows ordinal has 16 bits
    private const int MostImports = 1_024;
    private const int MostFunctions = 16_384;
    private const int MostDebugEntries = 64;
    private const int MostResources = 4_096;
    private const int LargestVersion = 64 * 1024; // its own length field has 16 bits
    private const uint VersionResources = 16; // RT_VERSION
    private const int ExtendedDllCharacteristics = 20; // IMAGE_DEBUG_TYPE_EX_DLLCHARACTERISTICS
    private const uint CetCompatible = 1; // IMAGE_DLLCHARACTERISTICS_EX_CET_COMPAT

    private readonly FileWindow _file;
    private readonly PEHeaders _headers;
    private readonly PEHeader _optionalHeader;
    private readonly List<string> _exports = [];
    private readonly List<ImportedLibrary> _imports = [];
    private readonly List<string> _threadTokenImports = [];
    private bool _isCetCompatible;
    private ModuleFileVersion? _version;

    private PortableExecutableReader(FileWindow file)
    {
        _file = file;
        _headers = ReadHeaders(file);
        _optionalHeader = _headers.PEHeader ?? throw new BadImageFormatException("is not a module that Windows could load: it has no PE header");
    }

    public static ModuleImage Read(string path, FileWindow file) => new PortableExecutableReader(file).Read(path);

    private ModuleImage Read(string path)
    {
        bool isTruncated = _headers.SectionHeaders.Any(EndsAfterFile);
        string?[] faults =
        [
            isTruncated ? "is truncated: its sections go on after the end of the file" : null,
            Try(ReadExports), Try(ReadImports), Try(ReadDelayImports), Try(ReadExtendedCharacteristics),
        ];
        _ = Try(ReadThreadTokenImports); // packed modules hide their imports too
        _ = Try(ReadVersion); // packed modules move their resources elsewhere, and load all the same
        return new ModuleImage(path)
        {
            Format = ModuleFormat.PortableExecutable,
            Architecture = Architecture(_headers.CoffHeader.Machine),
            Is64Bit = _optionalHeader.Magic == PEMagic.PE32Plus,
            IsLibrary = _headers.IsDll,
            IsTruncated = isTruncated,
            IsDotNetAssembly = _headers.CorHeader is not null,
            IsCetCompatible = _isCetCompatible,
            FileVersion = _version,
            Exports = [.. _exports],
            Imports = [.. _imports],
            ThreadTokenImports = [.. _threadTokenImports],
            Fault = faults.FirstOrDefault(f => f is not null),
        };
    }

    private static PEHeaders ReadHeaders(FileWindow file)
    {
        try
        {
            file.Stream.Position = 0;
            PEHeaders headers = new(file.Stream, (int)Math.Min(file.Length, int.MaxValue));
            return headers.IsCoffOnly ? throw new BadImageFormatException("is not a module that Windows could load: it has no PE header") : headers;
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or OverflowException or ArgumentException)
        {
            // PEHeaders reports damage in its own words, and a size that does not fit as an argument fault.
            throw new BadImageFormatException("is damaged or truncated: its PE headers cannot be read", e);
        }
    }

    private static ModuleArchitecture Architecture(Machine machine) => machine switch
    {
        Machine.I386 => ModuleArchitecture.X86,
        Machine.Amd64 => ModuleArchitecture.X64,
        Machine.Arm or Machine.ArmThumb2 or Machine.Thumb => ModuleArchitecture.Arm,
        Machine.Arm64 => ModuleArchitecture.Arm64,
        _ => ModuleArchitecture.Other,
    };

    /// <summary>A damaged table ends its own reading, not that of the others.</summary>
    private static string? Try(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (BadImageFormatException fault)
        {
            return fault.Message;
        }
    }

    private bool EndsAfterFile(SectionHeader section)
    {
        // Linkers may leave out the padding of the last section, so only what the section uses counts.
        uint used = section.VirtualSize == 0
            ? (uint)section.SizeOfRawData
            : Math.Min((uint)section.VirtualSize, (uint)section.SizeOfRawData);
        return used > 0 && (uint)section.PointerToRawData + (long)used > _file.Length;
    }

    private void ReadExports()
    {
        if (_optionalHeader.ExportTableDirectory is not { RelativeVirtualAddress: not 0 } directory)
        {
            return;
        }

        ReadOnlySpan<byte> table = _file.Read(Offset((uint)directory.RelativeVirtualAddress), 40);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(table[24..]);
        uint names = BinaryPrimitives.ReadUInt32LittleEndian(table[32..]);
        if (count > MostExports)
        {
            throw new BadImageFormatException("is damaged: its export table has an impossible length");
        }

        for (uint i = 0; i < count; i++)
        {
            _exports.Add(_file.ReadName(Offset(UInt32(Offset(names + (i * 4L))))));
        }
    }

    private void ReadImports()
    {
        if (_optionalHeader.ImportTableDirectory is { RelativeVirtualAddress: not 0 } directory)
        {
            ReadDescriptors((uint)directory.RelativeVirtualAddress, size: 20, nameAt: 12, isDelayed: false);
        }
    }

    private void ReadThreadTokenImports()
    {
        if (_optionalHeader.ImportTableDirectory is not { RelativeVirtualAddress: not 0 } directory)
        {
            return;
        }

        int libraries = _imports.Count(import => !import.IsDelayed);
        for (int i = 0; i < libraries; i++)
        {
            long descriptor = Offset((uint)directory.RelativeVirtualAddress + (i * 20L));

            // Some linkers leave out the table of names; that of addresses holds the same until the module is loaded.
            long names = UInt32(descriptor) is > 0 and var table ? table : UInt32(descriptor + 16);
            _threadTokenImports.AddRange(NamesIn(names).Where(ThreadTokenFunctions.Contains));
        }
    }

    private IEnumerable<string> NamesIn(long table)
    {
        bool is64Bit = _optionalHeader.Magic == PEMagic.PE32Plus;
        int size = is64Bit ? 8 : 4;
        for (int i = 0; i < MostFunctions; i++)
        {
            long entry = Offset(table + ((long)i * size));
            uint low = UInt32(entry);
            uint high = is64Bit ? UInt32(entry + 4) : low;
            if (low == 0 && high == 0)
            {
                yield break;
            }

            // The highest bit marks a function that is named by a number.
            if ((high & 0x80000000) == 0)
            {
                yield return _file.ReadName(Offset(low) + 2);
            }
        }
    }

    private void ReadDelayImports()
    {
        if (_optionalHeader.DelayImportTableDirectory is { RelativeVirtualAddress: not 0 } directory)
        {
            ReadDescriptors((uint)directory.RelativeVirtualAddress, size: 32, nameAt: 4, isDelayed: true);
        }
    }

    private void ReadDescriptors(uint table, int size, int nameAt, bool isDelayed)
    {
        for (int i = 0; i < MostImports; i++)
        {
            ReadOnlySpan<byte> descriptor = _file.Read(Offset(table + ((long)i * size)), size);
            long name = BinaryPrimitives.ReadUInt32LittleEndian(descriptor[nameAt..]);
            if (name == 0)
            {
                return;
            }

            // Delay descriptors of Visual C++ 6 hold addresses instead of offsets from the image's start.
            if (isDelayed && (BinaryPrimitives.ReadUInt32LittleEndian(descriptor) & 1) == 0)
            {
                name -= (long)_optionalHeader.ImageBase;
            }

            _imports.Add(new ImportedLibrary(_file.ReadName(Offset(name)), isDelayed));
        }
    }

    private void ReadExtendedCharacteristics()
    {
        DirectoryEntry directory = _optionalHeader.DebugTableDirectory;
        int count = directory.RelativeVirtualAddress == 0 ? 0 : Math.Clamp(directory.Size / 28, 0, MostDebugEntries);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = _file.Read(Offset((uint)directory.RelativeVirtualAddress + (i * 28L)), 28);
            if (BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]) == ExtendedDllCharacteristics)
            {
                _isCetCompatible = (UInt32(BinaryPrimitives.ReadUInt32LittleEndian(entry[24..])) & CetCompatible) != 0;
            }
        }
    }

    private void ReadVersion()
    {
        if (_optionalHeader.ResourceTableDirectory is not { RelativeVirtualAddress: not 0 } directory)
        {
            return;
        }

        // Three levels: the type, the name, the language. The first one of the last two is taken.
        long root = Offset((uint)directory.RelativeVirtualAddress);
        if (Entry(root, root, VersionResources) is { } names && Entry(root, names, id: null) is { } languages && Entry(root, languages, id: null) is { } data)
        {
            long start = Offset(UInt32(data));
            byte[] block = new byte[Math.Min(UInt32(data + 4), LargestVersion)];
            for (int at = 0; at < block.Length;)
            {
                int count = Math.Min(FileWindow.LongestRead, block.Length - at);
                _file.Read(start + at, count).CopyTo(block.AsSpan(at));
                at += count;
            }

            _version = VersionResource.Parse(block);
        }
    }

    /// <summary>Where in the file an entry of a resource directory leads; with an id the entry of that id, else the first.</summary>
    private long? Entry(long root, long directory, uint? id)
    {
        ReadOnlySpan<byte> head = _file.Read(directory, 16);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(head[12..]) + BinaryPrimitives.ReadUInt16LittleEndian(head[14..]);
        for (int i = 0; i < Math.Min(count, MostResources); i++)
        {
            long entry = directory + 16 + (i * 8L);
            if (id is null || UInt32(entry) == id)
            {
                return root + (UInt32(entry + 4) & 0x7FFFFFFF); // the high bit tells a directory from data
            }
        }

        return null;
    }

    private uint UInt32(long offset) => BinaryPrimitives.ReadUInt32LittleEndian(_file.Read(offset, 4));

    /// <summary>Where in the file the byte lies that is loaded at this distance from the image's start.</summary>
    private long Offset(long address)
    {
        if (address >= 0 && address < _optionalHeader.SizeOfHeaders)
        {
            return address;
        }

        foreach (SectionHeader section in _headers.SectionHeaders)
        {
            long distance = address - (uint)section.VirtualAddress;
            if (distance >= 0 && distance < (uint)section.SizeOfRawData)
            {
                return (uint)section.PointerToRawData + distance;
            }
        }

        throw new BadImageFormatException("is damaged: a table points outside the image");
    }
}
