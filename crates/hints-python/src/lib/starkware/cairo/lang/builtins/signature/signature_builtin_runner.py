"""The rule that checks signatures; names and messages are cairo-lang's."""

from starkware.cairo.lang.builtins.signature.instance_def import CELLS_PER_SIGNATURE


def signature_rule_wrapper(verify_signature_func, signature_cache):
    def rule(memory, addr):
        # Which of the two cells comes last does not matter.
        place = addr.offset % CELLS_PER_SIGNATURE
        key_address = addr - place
        message_address = key_address + 1
        if (key_address if place else message_address) not in memory:
            return set()
        key, message = memory[key_address], memory[message_address]
        assert isinstance(key, int), (
            f"ECDSA builtin: Expected public key at address {key_address} to be an integer. "
            f"Got: {key}."
        )
        assert isinstance(message, int), (
            f"ECDSA builtin: Expected message hash at address {message_address} to be an integer. "
            f"Got: {message}."
        )
        assert key_address in signature_cache, (
            f"Signature hint is missing for ECDSA builtin at address {key_address}. "
            "Add it using 'ecdsa_builtin.add_signature'."
        )
        signature = signature_cache[key_address]
        assert verify_signature_func(key, message, signature), (
            f"Signature {signature}, is invalid, with respect to the public key {key}, "
            f"and the message hash {message}."
        )
        return {key_address, message_address}

    return rule
