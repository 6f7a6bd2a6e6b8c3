using Grad.Simd;
using Xunit;

namespace Properties.Kernels;

/// <summary>The panels of a product's columns: threads write them at the same time.</summary>
public sealed class ColumnPanelLaws
{
    [Fact]
    public void Each_column_is_in_one_panel()
    {
        foreach (int tile in (int[])[2, 3])
        {
            foreach (int lane in (int[])[2, 4, 8, 16])
            {
                for (int columns = lane; columns < 14 * lane; columns++)
                {
                    var panels = new ColumnPanels(columns, lane, tile);
                    int end = 0, room = 0;
                    for (int i = 0; i < panels.Count; i++)
                    {
                        var (start, lanes, skip) = panels[i];
                        Assert.Equal(end, start);
                        Assert.InRange(lanes, 1, 3);
                        Assert.InRange(skip, 0, i == panels.Count - 1 && lanes > 1 ? lane - 1 : 0);
                        end = start + lanes * lane - skip;
                        room = Math.Max(room, i * panels.Width + lanes * lane);
                        Assert.InRange(room, 1, panels.MostColumns(i + 1));
                    }

                    Assert.Equal(columns, end);
                }
            }
        }
    }
}
