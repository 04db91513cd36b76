namespace IsapiHost.Workers.Protocol;

/// <summary>Memory of a worker, as a module has named it: nothing is known of it but these numbers.</summary>
internal readonly record struct WorkerMemory(ulong Address, ulong Length);
