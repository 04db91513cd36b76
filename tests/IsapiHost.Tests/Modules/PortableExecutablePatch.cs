using System.Buffers.Binary;
using System.Reflection.PortableExecutable;
using System.Text;

namespace IsapiHost.Tests.Modules;

/// <summary>Gives a module built by mingw what only Microsoft's linker writes.</summary>
internal static class PortableExecutablePatch
{
    public static void TurnDebugEntryIntoExtendedCharacteristics(string path, uint value)
    {
        byte[] bytes = File.ReadAllBytes(path);
        PEHeaders headers = new(new MemoryStream(bytes));
        Assert.True(headers.TryGetDirectoryOffset(headers.PEHeader!.DebugTableDirectory, out int entry), "the linker wrote no debug directory");
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(entry + 12), 20);
        int data = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(entry + 24));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(data), value);
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Writes a delay import into the unused end of the headers, in the form of today or, by address, of Visual C++ 6.</summary>
    public static void AddDelayImport(string path, string library, bool byAddress)
    {
        byte[] bytes = File.ReadAllBytes(path);
        PEHeaders headers = new(new MemoryStream(bytes));
        int descriptor = headers.PEHeader!.SizeOfHeaders - 128;
        int name = descriptor + 64;
        Assert.False(bytes.AsSpan(descriptor, 128).ContainsAnyExcept((byte)0), "the headers leave no room");

        int directory = headers.PEHeaderStartOffset + 112 + (13 * 8); // of a 64-bit file
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(directory), descriptor);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(directory + 4), 64);
        Encoding.ASCII.GetBytes(library, bytes.AsSpan(name));
        if (byAddress)
        {
            const uint ImageBase = 0x10000000; // an address must fit into the descriptor's 32 bits
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(headers.PEHeaderStartOffset + 24), ImageBase);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(descriptor + 4), ImageBase + (uint)name);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(descriptor), 1);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(descriptor + 4), name);
        }

        File.WriteAllBytes(path, bytes);
    }
}
