namespace IsapiHost.Extensions;

/// <summary>The four functions of EXTENSION_CONTROL_BLOCK (HttpExt.h).</summary>
internal enum ExtensionCallback
{
    GetServerVariable,
    WriteClient,
    ReadClient,
    ServerSupportFunction,
}
