using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IsapiHost.Modules;

namespace IsapiHost.Cli.Inspecting;

/// <summary>What <c>inspect</c> tells; the names of its properties are those of the JSON, which scripts depend on.</summary>
internal sealed record ModuleReport
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // read by people and programs, never put into a page
    };

    /// <summary>The full path.</summary>
    public required string Path { get; init; }

    /// <summary>The file's size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Its format: <c>portableExecutable</c>, <c>elf</c> or <c>unknown</c>.</summary>
    public required ModuleFormat Format { get; init; }

    /// <summary>Format, processor and bitness in words; null for an unknown format.</summary>
    public string? Kind { get; init; }

    public required ModuleArchitecture Architecture { get; init; }

    /// <summary>32 or 64; 0 for an unknown format.</summary>
    public required int Bits { get; init; }

    public required bool IsExtension { get; init; }

    public required bool IsFilter { get; init; }

    public required bool IsDotNetAssembly { get; init; }

    /// <summary>Whether a Windows module declares itself fit for shadow stacks; null for other formats.</summary>
    public bool? IsCetCompatible { get; init; }

    public required bool IsTruncated { get; init; }

    /// <summary>What is wrong with the file, if anything.</summary>
    public string? Fault { get; init; }

    /// <summary>The version resource of a Windows file.</summary>
    public ModuleFileVersion? FileVersion { get; init; }

    public required IReadOnlyList<ExportReport> Exports { get; init; }

    public required IReadOnlyList<LibraryReport> Imports { get; init; }

    /// <summary>What a Windows module calls to learn or to change the account of its thread.</summary>
    public IReadOnlyList<string> ThreadTokenFunctions { get; init; } = [];

    /// <summary>What the module answers once it is loaded; only with <c>--load</c>.</summary>
    public LoadedAnswers? Loaded { get; init; }

    /// <summary>Whether this host, on this system, can serve the module.</summary>
    public required bool CanBeServedHere { get; init; }

    /// <summary>The same as a sentence, with what to do if not.</summary>
    public required string Verdict { get; init; }

    public static ModuleReport From(ModuleImage image, LoadedAnswers? loaded)
    {
        bool isKnown = image.Format != ModuleFormat.Unknown;
        Verdict verdict = Inspecting.Verdict.Of(image, loaded);
        return new ModuleReport
        {
            Path = image.Path,
            Size = new FileInfo(image.Path).Length,
            Format = image.Format,
            Kind = isKnown ? image.Describe() : null,
            Architecture = image.Architecture,
            Bits = isKnown ? (image.Is64Bit ? 64 : 32) : 0,
            IsExtension = image.IsExtension,
            IsFilter = image.IsFilter,
            IsDotNetAssembly = image.IsDotNetAssembly,
            IsCetCompatible = image.Format == ModuleFormat.PortableExecutable ? image.IsCetCompatible : null,
            IsTruncated = image.IsTruncated,
            Fault = image.Fault,
            FileVersion = image.FileVersion,
            Exports = [.. image.Exports.Select(ExportReport.From)],
            Imports = [.. LibraryReport.AllOf(image)],
            ThreadTokenFunctions = image.ThreadTokenImports,
            Loaded = loaded,
            CanBeServedHere = verdict.CanServe,
            Verdict = verdict.Sentence,
        };
    }

    public string ToJson() => JsonSerializer.Serialize(this, _json);

    public static string ToJson(IReadOnlyList<ModuleReport> reports) => JsonSerializer.Serialize(reports, _json);
}
