namespace IsapiHost.Testing.Comparison;

/// <summary>The shortest way from the expected lines to the received ones (Myers, "An O(ND) Difference Algorithm", 1986).</summary>
internal static class LineDiff
{
    // With more changes than these all lines are shown as replaced: nobody reads such a diff line by line.
    private const int MostChanges = 1_500;

    /// <param name="expected">How many lines are expected.</param>
    /// <param name="actual">How many were received.</param>
    /// <param name="matches">Whether an expected line (first index) accepts a received one.</param>
    public static List<DiffLine> Compute(int expected, int actual, Func<int, int, bool> matches)
    {
        int most = Math.Min(expected + actual, MostChanges);
        int[] reach = new int[(2 * most) + 3];
        int zero = most + 1;
        List<int[]> steps = [];
        for (int changes = 0; changes <= most; changes++)
        {
            steps.Add(reach[(zero - changes - 1)..(zero + changes + 2)]);
            for (int diagonal = -changes; diagonal <= changes; diagonal += 2)
            {
                int x = GoesDown(diagonal, changes, reach[zero + diagonal - 1], reach[zero + diagonal + 1])
                    ? reach[zero + diagonal + 1]
                    : reach[zero + diagonal - 1] + 1;
                int y = x - diagonal;
                while (x < expected && y < actual && matches(x, y))
                {
                    x++;
                    y++;
                }

                reach[zero + diagonal] = x;
                if (x >= expected && y >= actual)
                {
                    return WayBack(steps, expected, actual);
                }
            }
        }

        return [.. Enumerable.Range(0, expected).Select(i => new DiffLine(i, -1)), .. Enumerable.Range(0, actual).Select(j => new DiffLine(-1, j))];
    }

    // A step down takes a received line in addition, a step to the right leaves an expected one out.
    private static bool GoesDown(int diagonal, int changes, int fromLeft, int fromAbove) =>
        diagonal == -changes || (diagonal != changes && fromLeft < fromAbove);

    private static List<DiffLine> WayBack(List<int[]> steps, int x, int y)
    {
        List<DiffLine> lines = [];
        for (int changes = steps.Count - 1; changes >= 0; changes--)
        {
            int[] reach = steps[changes];
            int zero = changes + 1;
            int diagonal = x - y;
            bool down = GoesDown(diagonal, changes, reach[zero + diagonal - 1], reach[zero + diagonal + 1]);
            int fromX = changes == 0 ? 0 : down ? reach[zero + diagonal + 1] : reach[zero + diagonal - 1];
            int fromY = changes == 0 ? 0 : fromX - (down ? diagonal + 1 : diagonal - 1);
            while (x > fromX && y > fromY)
            {
                lines.Add(new DiffLine(--x, --y));
            }

            if (changes > 0)
            {
                lines.Add(down ? new DiffLine(-1, --y) : new DiffLine(--x, -1));
            }
        }

        lines.Reverse();
        return lines;
    }
}
