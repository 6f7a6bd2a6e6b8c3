using System.ComponentModel;
using System.Reflection;
using FsCheck;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Properties.Framework;

/// <summary>A property as xunit runs it: the test class is made and disposed once, its method is called once for each draw.</summary>
public sealed class PropertyTestCase : XunitTestCase
{
    /// <summary>For xunit, which makes test cases anew in the process that runs them.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("Called by the deserializer of xunit only.")]
    public PropertyTestCase()
    {
    }

    /// <summary>The test of a method.</summary>
    public PropertyTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(diagnostics, display, options, method)
    {
    }

    /// <inheritdoc/>
    public override Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource) =>
        new CaseRunner(this, messageBus, constructorArguments, aggregator, cancellationTokenSource).RunAsync();

    private sealed class CaseRunner(
        PropertyTestCase testCase,
        IMessageBus bus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellation)
        : XunitTestCaseRunner(testCase, testCase.DisplayName, testCase.SkipReason, constructorArguments, [], bus, aggregator, cancellation)
    {
        protected override XunitTestRunner CreateTestRunner(
            ITest test,
            IMessageBus messageBus,
            Type testClass,
            object[] constructorArguments,
            MethodInfo testMethod,
            object[] testMethodArguments,
            string skipReason,
            IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
            ExceptionAggregator aggregator,
            CancellationTokenSource cancellationTokenSource) =>
            new TestRunner(
                test,
                messageBus,
                testClass,
                constructorArguments,
                testMethod,
                skipReason,
                beforeAfterAttributes,
                aggregator,
                cancellationTokenSource);
    }

    private sealed class TestRunner(
        ITest test,
        IMessageBus bus,
        Type testClass,
        object[] constructorArguments,
        MethodInfo method,
        string skipReason,
        IReadOnlyList<BeforeAfterTestAttribute> attributes,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellation)
        : XunitTestRunner(test, bus, testClass, constructorArguments, method, [], skipReason, attributes, aggregator, cancellation)
    {
        // The output of the test class if it has asked for one, so that draws and the class's own lines stand in order.
        private readonly TestOutputHelper _output =
            constructorArguments.OfType<TestOutputHelper>().FirstOrDefault() ?? new TestOutputHelper();

        protected override async Task<Tuple<decimal, string>> InvokeTestAsync(ExceptionAggregator aggregator)
        {
            _output.Initialize(MessageBus, Test);
            var time = await InvokeTestMethodAsync(aggregator).ConfigureAwait(false);
            var text = _output.Output;
            _output.Uninitialize();
            return Tuple.Create(time, text);
        }

        protected override Task<decimal> InvokeTestMethodAsync(ExceptionAggregator aggregator) => new Invoker(
            Test,
            MessageBus,
            TestClass,
            ConstructorArguments,
            TestMethod,
            BeforeAfterAttributes,
            aggregator,
            CancellationTokenSource,
            _output).RunAsync();
    }

    private sealed class Invoker(
        ITest test,
        IMessageBus bus,
        Type testClass,
        object[] constructorArguments,
        MethodInfo method,
        IReadOnlyList<BeforeAfterTestAttribute> attributes,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellation,
        TestOutputHelper output)
        : XunitTestInvoker(test, bus, testClass, constructorArguments, method, [], attributes, aggregator, cancellation)
    {
        protected override async Task<decimal> InvokeTestMethodAsync(object? testClassInstance)
        {
            await Timer.AggregateAsync(() => Aggregator.RunAsync(() => Task.Run(() => Check(testClassInstance)))).ConfigureAwait(false);
            return Timer.Total;
        }

        private void Check(object? instance)
        {
            var runner = new CollectingRunner(output.WriteLine);
            var target = instance is null ? FSharpOption<object>.None : FSharpOption<object>.Some(instance);
            FsCheck.Check.Method(TestMethod.GetCustomAttribute<PropertyAttribute>()!.ToConfig(runner), TestMethod, target);
            runner.ThrowIfFailed();
        }
    }
}
