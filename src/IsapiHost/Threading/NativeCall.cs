using IsapiHost.Interop;

namespace IsapiHost.Threading;

/// <summary>
/// Surrounds every call into a module. What the module leaves changed on the thread is put back: how it computes and as whom it acts.
/// </summary>
internal readonly ref struct NativeCall
{
    [ThreadStatic]
    private static bool _isInside;

    private readonly bool _wasInside;
    private readonly bool _wasLeaving;
    private readonly Action? _lostBefore;
    private readonly nint _tokenBefore;

    private NativeCall(Action? lost)
    {
        _wasInside = _isInside;
        _isInside = true;
        _wasLeaving = ExtensionThread.SetLeaving(false);
        _lostBefore = ExtensionThread.SetLost(lost);

        // Made on behalf of a module whose call has not returned: what a filter sees of an extension's output.
        _tokenBefore = _wasInside ? ThreadToken.Open() : 0;
    }

    /// <summary>The call follows.</summary>
    /// <param name="withToken">Whether OpenThreadToken is to find a token of the process' account, as on IIS.</param>
    /// <param name="lost">
    /// Is told if the module ends the thread in this call, besides the thread's work item: the call may be somebody else's, made on the way.
    /// </param>
    public static NativeCall Begin(bool withToken = false, Action? lost = null)
    {
        var call = new NativeCall(lost);
        if (withToken)
        {
            ThreadToken.ImpersonateSelf();
        }

        return call;
    }

    /// <summary>The call has returned. Overwrites the thread's last error.</summary>
    public void End()
    {
        FloatingPointControls.Restore();
        ThreadToken.Restore(_tokenBefore);
        ExtensionThread.SetLost(_lostBefore);
        ExtensionThread.SetLeaving(_wasLeaving);
        _isInside = _wasInside;
    }
}
