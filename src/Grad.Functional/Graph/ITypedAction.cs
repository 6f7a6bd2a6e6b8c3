namespace Grad.Functional;

/// <summary>Something done to a node once its element type is known.</summary>
internal interface ITypedAction
{
    void Invoke<T>(Node node) where T : unmanaged;
}
