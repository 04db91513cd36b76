namespace IsapiHost.Workers.Jobs;

/// <summary>What GetExtensionVersion has answered.</summary>
/// <param name="Accepted">Whether it returned TRUE.</param>
/// <param name="Error">The thread's last error after it.</param>
/// <param name="Version">dwExtensionVersion.</param>
/// <param name="Description">The bytes of lpszExtensionDesc.</param>
internal sealed record VersionAnswer(bool Accepted, uint Error, uint Version, ReadOnlyMemory<byte> Description);
