namespace IsapiHost.Testing.HttpFiles;

/// <summary>A variable that a file defines: <c>@name = value</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value, which may refer to other variables.</param>
/// <param name="Line">Its line in the file, from 1; 0 for one that was made in memory.</param>
public sealed record HttpFileVariable(string Name, string Value, int Line = 0);
