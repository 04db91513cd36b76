using IsapiHost.Workers.Protocol;

namespace IsapiHost.Workers.Jobs;

/// <summary>What has come of the wish to load a module.</summary>
/// <param name="Error">0, or the system's error.</param>
/// <param name="Index">The module's number in its worker.</param>
/// <param name="Exports">Which entry points it has.</param>
/// <param name="Text">The system's words for the error, where it has any.</param>
internal sealed record LoadedModule(uint Error, uint Index, ModuleExports Exports, string Text);
