namespace IsapiHost.Testing.Expectations;

/// <summary>How an expected body stands in its file.</summary>
internal enum ExpectedBodyKind
{
    /// <summary>As text, masks allowed.</summary>
    Text,

    /// <summary>As base64 lines.</summary>
    Base64,

    /// <summary>In a file of its own beside it, byte by byte.</summary>
    File,

    /// <summary>Not at all: any body will do.</summary>
    Any,
}
