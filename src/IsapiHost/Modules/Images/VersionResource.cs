using System.Buffers.Binary;
using System.Text;

namespace IsapiHost.Modules.Images;

/// <summary>Reads a <c>VS_VERSIONINFO</c> block: nodes that hold a length, a key, a value and further nodes. All lengths are taken as hostile.</summary>
internal static class VersionResource
{
    private const int MostStrings = 64;
    private const int LongestString = 1_024;
    private const int HeadSize = 6; // wLength, wValueLength, wType
    private const int FixedInfoSize = 52; // VS_FIXEDFILEINFO
    private const uint FixedInfoSignature = 0xFEEF04BD;

    /// <summary>The version; null if the block is none.</summary>
    public static ModuleFileVersion? Parse(ReadOnlySpan<byte> block)
    {
        Node root = Node.Read(block);
        if (root.Key != "VS_VERSION_INFO" || root.Value.Length < FixedInfoSize
            || BinaryPrimitives.ReadUInt32LittleEndian(root.Value) != FixedInfoSignature)
        {
            return null;
        }

        Dictionary<string, string> strings = new(StringComparer.OrdinalIgnoreCase);
        for (ReadOnlySpan<byte> rest = root.Children; !rest.IsEmpty;)
        {
            Node child = Node.Read(rest);
            if (child.Key == "StringFileInfo")
            {
                AddStrings(Node.Read(child.Children).Children, strings);
            }

            rest = rest[child.Length..];
        }

        return new ModuleFileVersion(ReadVersion(root.Value[8..]), ReadVersion(root.Value[16..]), strings);
    }

    private static void AddStrings(ReadOnlySpan<byte> table, Dictionary<string, string> strings)
    {
        while (!table.IsEmpty && strings.Count < MostStrings)
        {
            Node entry = Node.Read(table);
            string text = Text(entry.Value);
            if (entry.Key.Length > 0 && text.Length > 0)
            {
                strings[entry.Key] = text;
            }

            table = table[entry.Length..];
        }
    }

    private static Version ReadVersion(ReadOnlySpan<byte> bytes)
    {
        uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes), low = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        return new Version((int)(high >> 16), (int)(high & 0xFFFF), (int)(low >> 16), (int)(low & 0xFFFF));
    }

    private static string Text(ReadOnlySpan<byte> utf16)
    {
        string text = Encoding.Unicode.GetString(utf16[..Math.Min(utf16.Length & ~1, 2 * LongestString)]);
        int end = text.IndexOf('\0', StringComparison.Ordinal);
        return string.Concat((end < 0 ? text : text[..end]).Where(c => !char.IsControl(c))).Trim();
    }

    /// <summary>A node; whatever its lengths say, it lies within its parent and takes at least one byte of it.</summary>
    private readonly ref struct Node
    {
        public required string Key { get; init; }

        public required ReadOnlySpan<byte> Value { get; init; }

        public required ReadOnlySpan<byte> Children { get; init; }

        /// <summary>With the padding before the next node.</summary>
        public required int Length { get; init; }

        public static Node Read(ReadOnlySpan<byte> bytes)
        {
            int declared = bytes.Length < HeadSize ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            if (declared < HeadSize || declared > bytes.Length)
            {
                return new Node { Key = "", Value = [], Children = [], Length = bytes.Length };
            }

            ReadOnlySpan<byte> node = bytes[..declared];
            int valueLength = BinaryPrimitives.ReadUInt16LittleEndian(node[2..]);
            bool isText = BinaryPrimitives.ReadUInt16LittleEndian(node[4..]) == 1;
            string key = Text(node[HeadSize..]);
            int value = Math.Min(Aligned(HeadSize + (2 * (key.Length + 1))), node.Length);

            // The length of a text counts characters, or bytes, as the resource compiler pleased.
            int end = Math.Min(isText ? value + (2 * valueLength) : value + valueLength, node.Length);
            return new Node
            {
                Key = key,
                Value = node[value..end],
                Children = node[Math.Min(Aligned(end), node.Length)..],
                Length = Math.Min(Aligned(declared), bytes.Length),
            };
        }

        private static int Aligned(int offset) => (offset + 3) & ~3;
    }
}
