namespace IsapiHost.Testing.Expectations;

/// <summary>A header of an expected response.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value, masks allowed.</param>
/// <param name="Line">Its line in the file, from 1.</param>
internal sealed record ExpectedHeader(string Name, string Value, int Line);
