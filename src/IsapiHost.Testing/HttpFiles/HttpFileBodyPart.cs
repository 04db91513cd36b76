namespace IsapiHost.Testing.HttpFiles;

/// <summary>A piece of a request's body: text that stands in the file, or another file.</summary>
/// <param name="Text">The text, its lines divided by LF; null for a file.</param>
/// <param name="File">The path of a file whose bytes are sent, relative to the folder of the <c>.http</c> file; null for text.</param>
/// <param name="FillsVariables">Whether <c>{{variables}}</c> are filled in: always in text, in files only for <c>&lt;@ path</c>.</param>
/// <param name="Line">Its line in the file, from 1; 0 for one that was made in memory.</param>
public sealed record HttpFileBodyPart(string? Text, string? File, bool FillsVariables, int Line = 0);
