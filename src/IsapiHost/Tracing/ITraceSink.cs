namespace IsapiHost.Tracing;

/// <summary>
/// Gets the traces and violations of a host; one that is added to the application's services switches tracing on. Called by the threads that
/// serve requests, several at once: return soon and do not throw.
/// </summary>
public interface ITraceSink
{
    /// <summary>A request through an extension is over.</summary>
    void Finished(RequestTrace trace);

    /// <summary>
    /// A call came for a request that was over: its trace once more, with the call and the violation that it is at the end. If the slot of the
    /// request serves another one by then, the calls before are not there any more, but counted.
    /// </summary>
    void Amended(RequestTrace trace)
    {
        // Not everybody needs to know.
    }

    /// <summary>An extension broke a rule; comes before the <see cref="Finished"/> of its request, if it belongs to one.</summary>
    void Found(Violation violation);
}
