using FsCheck;
using FsCheck.Fluent;

namespace Properties.Programs;

/// <summary>Draws genomes, and makes them smaller: first fewer ops, then smaller shapes, then simpler choices and rounder values.</summary>
internal static class ProgramGenerator
{
    private const int MaxGenes = 14;
    private const int ChoicesPerGene = 40;
    private const int MaxInputElements = 12;

    public static Arbitrary<Genome> Genomes { get; } = Arb.From(Draw(), Shrink);

    private static Gen<Genome> Draw() =>
        from inputs in Inputs()
        from count in Gen.Choose(1, MaxGenes)
        from genes in DrawGene().ArrayOf(count)
        from closing in DrawGene()
        select new Genome(inputs, genes, closing, Digits: 15);

    // The first input has elements; the others often have its shape but for some axes, so that they broadcast.
    private static Gen<InputGene[]> Inputs() =>
        from first in Extents()
        from count in Gen.Frequency(Often(3, 1), Often(2, 2), Often(1, 3))
        from others in Gen.Frequency((2, Partner(first)), (1, Extents())).ArrayOf(count - 1)
        from inputs in Gen.CollectToArray(others.Prepend([.. first.Select(extent => Math.Max(extent, 1))]), Input)
        select inputs;

    private static Gen<InputGene> Input(int[] extents) =>
        from domain in Gen.Choose(0, 2)
        from seed in Gen.Choose(0, int.MaxValue)
        select new InputGene(extents, domain, seed);

    private static Gen<int[]> Extents() =>
        from rank in Gen.Frequency(Often(1, 0), Often(3, 1), Often(3, 2), Often(2, 3), Often(1, 4))
        from extents in Gen.Frequency(Often(1, 0), Often(9, 1), Often(9, 2), Often(9, 3), (7, Gen.Choose(4, 9))).ArrayOf(rank)
        select Limit(extents);

    private static (int Weight, Gen<int> Always) Often(int weight, int number) => (weight, Gen.Constant(number));

    private static Gen<int[]> Partner(int[] extents) =>
        from dropped in Gen.Choose(0, extents.Length)
        from stretched in Gen.Choose(0, 1).ArrayOf(extents.Length)
        select extents.Select((extent, axis) => stretched[axis] == 0 ? extent : 1).Skip(dropped).ToArray();

    private static int[] Limit(int[] extents)
    {
        var product = 1;
        return [.. extents.Select(extent =>
        {
            var limited = product * extent <= MaxInputElements ? extent : 1;
            product *= Math.Max(limited, 1);
            return limited;
        })];
    }

    private static Gen<Gene> DrawGene() =>
        from op in Gen.Choose(0, short.MaxValue)
        from choices in Gen.Choose(0, short.MaxValue).ArrayOf(ChoicesPerGene)
        select new Gene(op, choices);

    private static IEnumerable<Genome> Shrink(Genome genome) =>
        FewerOps(genome).Concat(FewerInputs(genome)).Concat(SmallerShapes(genome)).Concat(SimplerChoices(genome)).Concat(RounderValues(genome))
            .Where(smaller => smaller.Inputs.Any(input => input.Shape.ElementCount > 0));

    // Runs of ops at once, halves first.
    private static IEnumerable<Genome> FewerOps(Genome genome)
    {
        var alive = Enumerable.Range(0, genome.Genes.Length).Where(i => !genome.Genes[i].IsDropped).ToArray();
        for (var run = alive.Length; run >= 1; run /= 2)
        {
            for (var start = 0; start < alive.Length; start += run)
            {
                var dropped = alive.Skip(start).Take(run).ToHashSet();
                var genes = genome.Genes.Select((gene, i) => dropped.Contains(i) ? gene with { IsDropped = true } : gene);
                yield return genome with { Genes = [.. genes] };
            }
        }
    }

    private static IEnumerable<Genome> FewerInputs(Genome genome)
    {
        for (var i = 0; i < genome.Inputs.Length && genome.Inputs.Length > 1; i++)
        {
            yield return genome with { Inputs = [.. genome.Inputs[..i], .. genome.Inputs[(i + 1)..]] };
        }
    }

    private static IEnumerable<Genome> SmallerShapes(Genome genome)
    {
        for (var i = 0; i < genome.Inputs.Length; i++)
        {
            var extents = genome.Inputs[i].Extents;
            for (var axis = 0; axis < extents.Length; axis++)
            {
                yield return WithExtents(i, [.. extents[..axis], .. extents[(axis + 1)..]]);
                for (var extent = 1; extent < extents[axis]; extent++)
                {
                    yield return WithExtents(i, [.. extents[..axis], extent, .. extents[(axis + 1)..]]);
                }
            }
        }

        Genome WithExtents(int input, int[] extents) =>
            genome with { Inputs = [.. genome.Inputs.Select((gene, i) => i == input ? gene with { Extents = extents } : gene)] };
    }

    private static IEnumerable<Genome> SimplerChoices(Genome genome)
    {
        for (var i = 0; i < genome.Genes.Length; i++)
        {
            var gene = genome.Genes[i];
            foreach (var simpler in gene.IsDropped ? [] : Simpler(gene))
            {
                yield return genome with { Genes = [.. genome.Genes[..i], simpler, .. genome.Genes[(i + 1)..]] };
            }
        }

        foreach (var closing in Simpler(genome.Closing))
        {
            yield return genome with { Closing = closing };
        }
    }

    private static IEnumerable<Gene> Simpler(Gene gene)
    {
        for (var run = gene.Choices.Length; run >= 1; run /= 2)
        {
            for (var start = 0; start < gene.Choices.Length; start += run)
            {
                var choices = gene.Choices.ToArray();
                Array.Clear(choices, start, Math.Min(run, choices.Length - start));
                if (!choices.SequenceEqual(gene.Choices))
                {
                    yield return gene with { Choices = choices };
                }
            }
        }
    }

    private static IEnumerable<Genome> RounderValues(Genome genome)
    {
        for (var digits = 0; digits < Math.Min(genome.Digits, 4); digits++)
        {
            yield return genome with { Digits = digits };
        }
    }
}
