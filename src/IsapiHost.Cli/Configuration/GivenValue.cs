namespace IsapiHost.Cli.Configuration;

/// <summary>A value as the user wrote it.</summary>
/// <param name="Text">The value.</param>
/// <param name="Where">The option, environment variable or file and key that it stands in; faults begin with it.</param>
internal readonly record struct GivenValue(string Text, string Where);
