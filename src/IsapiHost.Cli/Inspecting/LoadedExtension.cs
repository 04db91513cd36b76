namespace IsapiHost.Cli.Inspecting;

/// <summary>What GetExtensionVersion answers.</summary>
internal sealed record LoadedExtension(Version Version, string Description);
