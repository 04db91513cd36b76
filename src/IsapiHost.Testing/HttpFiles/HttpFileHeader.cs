namespace IsapiHost.Testing.HttpFiles;

/// <summary>A header of a request as it stands in the file.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value; <c>{{variables}}</c> are not filled in.</param>
/// <param name="Line">Its line in the file, from 1; 0 for one that was made in memory.</param>
public sealed record HttpFileHeader(string Name, string Value, int Line = 0);
