namespace Grad.Simd;

/// <summary>What is done with the matrices of a batch, each by itself.</summary>
internal interface IBatchWork
{
    /// <summary>Does some matrices, the first of which begins a lane of them.</summary>
    void Run(int first, int count);
}

/// <summary>A batch of matrices in pieces of whole lanes.</summary>
internal readonly struct BatchPieces<TWork>(TWork work, int batch, int most) : ITeamWork where TWork : struct, IBatchWork
{
    // So many elements are worth a piece.
    private const long PieceElements = 1 << 13;

    /// <summary>Does all matrices.</summary>
    /// <param name="work">What is done with them.</param>
    /// <param name="batch">How many there are.</param>
    /// <param name="elements">The elements of one.</param>
    /// <param name="team">The threads.</param>
    public static void Run(TWork work, int batch, long elements, TeamSize team)
    {
        int most = (int)Math.Min(batch, Math.Max(PieceElements / elements, 1) * Widest.MaxCount);
        Team.Run(new BatchPieces<TWork>(work, batch, most), (batch + most - 1) / most, team.Degree, team.Token);
    }

    public void Work(scoped ref TeamShare share)
    {
        while (share.TryTake(out int piece))
            work.Run(piece * most, Math.Min(most, batch - (piece * most)));
    }
}
