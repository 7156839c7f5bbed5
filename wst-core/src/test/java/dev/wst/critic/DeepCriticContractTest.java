package dev.wst.critic;

import dev.wst.ValueFunction;
import dev.wst.contract.ValueFunctionContract;

class DeepCriticContractTest extends ValueFunctionContract {
    @Override
    protected ValueFunction function() {
        return DeepCritic.of(3, 16, 0.02, 1);
    }
}
