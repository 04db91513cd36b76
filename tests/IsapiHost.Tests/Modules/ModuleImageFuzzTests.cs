using IsapiHost.Modules;
using IsapiHost.Tests.Modules.Images;

using static IsapiHost.Tests.Modules.ModuleCompiler;

namespace IsapiHost.Tests.Modules;

/// <summary>Damaged files: the reader answers with an image each time, whatever stands in it. Seeded, so that a failure repeats.</summary>
public sealed class ModuleImageFuzzTests : IDisposable
{
    private const int Rounds = 500_000; // for each format: a million together, in seconds, since nothing but memory is used

    private readonly ModuleCompiler _compiler = new();

    public void Dispose() => _compiler.Dispose();

    [Fact]
    public void Damaged_Windows_files_are_read_without_an_exception() =>
        ReadDamaged(File.ReadAllBytes(_compiler.Build(Mingw64, "extension.c", "ext.dll", "-s", "-Wl,--build-id", VersionResourceTests.Compile(_compiler))));

    [Fact]
    public void Damaged_shared_objects_are_read_without_an_exception() =>
        ReadDamaged(File.ReadAllBytes(_compiler.Build(Gcc, "extension.c", "ext.so", "-s")));

    private static void ReadDamaged(byte[] original)
    {
        Assert.Null(ModuleImage.Read("original", new MemoryStream(original)).Fault);
        int[] tables = [.. TouchedPositions(original)];
        Parallel.For(0, Environment.ProcessorCount, part =>
        {
            byte[] bytes = (byte[])original.Clone();
            for (int seed = part; seed < Rounds; seed += Environment.ProcessorCount)
            {
                ReadDamaged(original, bytes, tables, seed);
            }
        });
    }

    private static void ReadDamaged(byte[] original, byte[] bytes, int[] tables, int seed)
    {
        Random random = new(seed);
        List<Range> changes = Damage(bytes, tables, random);
        CountingStream stream = new(bytes, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length);
        try
        {
            _ = ModuleImage.Read("damaged", stream);
        }
        catch (Exception e)
        {
            Assert.Fail($"seed {seed}: {e}");
        }

        Assert.True(stream.Reads < 200_000, $"seed {seed}: {stream.Reads} reads");
        foreach (Range change in changes)
        {
            original.AsSpan(change).CopyTo(bytes.AsSpan(change));
        }
    }

    private static List<Range> Damage(byte[] bytes, int[] tables, Random random)
    {
        List<Range> changes = [];
        int mutations = random.Next(1, 8);
        for (int i = 0; i < mutations; i++)
        {
            // Most damage goes where the reader looks; values at the edges of their range find more than random ones.
            int at = random.Next(4) == 0 ? random.Next(bytes.Length) : tables[random.Next(tables.Length)];
            int length = Math.Min(1 << random.Next(4), bytes.Length - at);
            changes.Add(at..(at + length));
            switch (random.Next(4))
            {
                case 0:
                    bytes.AsSpan(at, length).Fill(0xFF);
                    break;
                case 1:
                    bytes.AsSpan(at, length).Clear();
                    break;
                case 2:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    random.NextBytes(bytes.AsSpan(at, length));
                    break;
            }
        }

        return changes;
    }

    /// <summary>The bytes whose change changes what is read: found by trying each position of the first 16 KB.</summary>
    private static IEnumerable<int> TouchedPositions(byte[] original)
    {
        string expected = Summary(original);
        byte[] changed = (byte[])original.Clone();
        for (int at = 0; at < Math.Min(original.Length, 16384); at++)
        {
            changed[at] ^= 0x55;
            if (Summary(changed) != expected)
            {
                yield return at;
            }

            changed[at] ^= 0x55;
        }
    }

    private static string Summary(byte[] content)
    {
        ModuleImage image = ModuleImage.Read("image", new MemoryStream(content));
        return string.Join('|', [image.Describe(), image.Fault, image.FileVersion?.FileVersion.ToString(), .. image.FileVersion?.Strings.Values ?? [], .. image.Exports, .. image.Imports.Select(i => i.Name)]);
    }

    private sealed class CountingStream(byte[] content, int length) : MemoryStream(content, 0, length)
    {
        public int Reads { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            Reads++;
            return base.Read(buffer);
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Reads++;
            return base.Read(buffer, offset, count);
        }
    }
}
