namespace IsapiHost.Extensions;

/// <summary>The completion function of an extension and its context: two values that mean something to the extension's side only.</summary>
/// <param name="Function">PFN_HSE_IO_COMPLETION; 0 for none.</param>
/// <param name="Context">Handed back to it.</param>
internal readonly record struct IoCompletion(nint Function, nint Context)
{
    public bool IsNone => Function == 0;
}
