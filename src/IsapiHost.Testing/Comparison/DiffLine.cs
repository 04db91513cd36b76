namespace IsapiHost.Testing.Comparison;

/// <summary>A line of a diff.</summary>
/// <param name="Expected">Its index among the expected lines; -1 for one that was received in addition.</param>
/// <param name="Actual">Its index among the received lines; -1 for one that is missing.</param>
internal readonly record struct DiffLine(int Expected, int Actual)
{
    public bool IsSame => Expected >= 0 && Actual >= 0;
}
