namespace Grad.Functional;

/// <summary>Which modes of differentiation a check covers.</summary>
[Flags]
public enum GradCheckModes
{
    /// <summary>Reverse mode, as <see cref="Ad.Grad{T}(Func{NDArray{T}, NDArray{T}}, T)"/> uses it.</summary>
    Reverse = 1,

    /// <summary>Forward mode, as <see cref="Ad.Jvp"/> uses it.</summary>
    Forward = 2,

    /// <summary>Both, which then must also agree with each other.</summary>
    Both = Reverse | Forward,
}
