// Several stores of six processes at once would make each other late, and tests of lateness tell nothing then.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
