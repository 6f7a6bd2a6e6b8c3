namespace Grad.Functional;

/// <summary>Where an evaluation in the memory of a plan finds what it needs.</summary>
/// <param name="Operands">The slots of the operands, or of what stands behind those that are broadcast, and how many elements stand there.</param>
/// <param name="Layout">What the op found out of the shapes.</param>
/// <param name="Scratch">The slot of the room that the layout asks for.</param>
internal sealed record OpPlace((int Slot, int Length)[] Operands, OpLayout? Layout, int Scratch);
