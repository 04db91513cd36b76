namespace IsapiHost.Modules.Images;

/// <summary>The numbers of elf.h that <see cref="ElfReader"/> needs, under their native names.</summary>
internal static class ElfConstants
{
#pragma warning disable CA1707 // native names
    public const ushort ET_DYN = 3;

    public const ushort EM_386 = 3;
    public const ushort EM_ARM = 40;
    public const ushort EM_X86_64 = 62;
    public const ushort EM_AARCH64 = 183;

    public const uint PT_LOAD = 1;
    public const uint PT_DYNAMIC = 2;

    public const ulong DT_NULL = 0;
    public const ulong DT_NEEDED = 1;
    public const ulong DT_HASH = 4;
    public const ulong DT_STRTAB = 5;
    public const ulong DT_SYMTAB = 6;
    public const ulong DT_STRSZ = 10;
    public const ulong DT_SONAME = 14;
    public const ulong DT_RPATH = 15;
    public const ulong DT_RUNPATH = 29;
    public const ulong DT_GNU_HASH = 0x6ffffef5;
    public const ulong DT_FLAGS_1 = 0x6ffffffb;
    public const ulong DF_1_PIE = 0x08000000;

    public const byte STB_GLOBAL = 1;
    public const byte STB_WEAK = 2;
    public const byte STB_GNU_UNIQUE = 10;
    public const byte STV_DEFAULT = 0;
    public const byte STV_PROTECTED = 3;
    public const ushort SHN_UNDEF = 0;
#pragma warning restore CA1707

    /// <summary>A limit of ours, far above any real library: it bounds the time that a hostile file can take.</summary>
    public const int MostSymbols = 1 << 20;
}
