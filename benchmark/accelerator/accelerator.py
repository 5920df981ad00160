#!/usr/bin/env python3
"""Runs the networks of trm-arena on any device of PyTorch: are the numbers right there, and how fast are they?

Needs PyTorch 2.6 or newer and nothing else. The folder beside it was written by `AcceleratorFolder` (docs/benchmarks.md): the TorchScript
that solvers run, weights, inputs, expected outputs.

1. Parity. Every case in float32 (TF32 off) and in bfloat16, against its expected outputs; for golden cases those are of the models' authors.
2. Rates. The published shapes: the scripts as solvers run them, with the graph executor's fusion, as a CUDA graph, and the same network
   written plainly in eager PyTorch, taking turns with a large product of matrices of the same type, which stands for the peak.

Prints Markdown. Ends with status 1 when float32 is further than 1e-3 from what is expected, or predicts another token.
"""
import argparse
import json
import pathlib
import re
import statistics
import struct
import sys
import time

import torch
import torch.nn.functional as F

FLOAT32_LIMIT = 1e-3
# Nearer than this, the larger of two logits is a matter of the machine (TheNetworksGiveTheAuthorsNumbers.TIE).
TIE = 5e-4
DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16}
STORED = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "I32": torch.int32}


def read_safetensors(file):
    content = bytearray(file.read_bytes())
    (length,) = struct.unpack_from("<Q", content)
    start = 8 + length
    arrays = {}
    for name, entry in json.loads(content[8:start]).items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        flat = torch.empty(0, dtype=STORED[entry["dtype"]])
        if end > begin:
            flat = torch.frombuffer(content[start + begin : start + end], dtype=STORED[entry["dtype"]])
        arrays[name] = flat.reshape(entry["shape"])
    return arrays


class Case:
    def __init__(self, folder, device):
        vars(self).update(json.loads((folder / "case.json").read_text()))
        self.folder, self.device = folder, device
        self.weights = {name: each.to(device) for name, each in read_safetensors(folder / "weights.safetensors").items()}
        self.arrays = {name: each.to(device) for name, each in read_safetensors(folder / "arrays.safetensors").items()}

    def inputs(self, batch):
        """Tokens B x L and rows B x puzzle_emb_ndim: those of the case, again and again."""
        tokens, rows = self.arrays["tokens"].long(), self.arrays["rows"]
        which = torch.arange(batch, device=self.device) % tokens.shape[0]
        return tokens[which], rows[which]


class Scripted:
    """As a solver runs it."""

    def __init__(self, case, dtype):
        self.hyper = case.hyper
        self.P = case.hyper["puzzleEmbLen"]
        self.frame = torch.jit.load(str(case.folder / f"frame_{dtype}.pt"), map_location=case.device)
        self.recursion = torch.jit.load(str(case.folder / "recursion.pt"), map_location=case.device)
        named = lambda names: [case.weights[n].float() if n else torch.empty(0, device=case.device) for n in names]
        number = {"float32": 6, "bfloat16": 15}[dtype]
        self.w = self.frame.cast(named(case.order["frame"]))
        self.vectors = self.frame.cast(named(case.order["states"]))
        self.levels = [self.frame.pack(named(names), [number] * len(names)) for names in case.order["levels"]]

    def begin(self, tokens, rows):
        hyper, S = self.hyper, self.P + tokens.shape[1]
        self.rope = []
        if hyper["posEncodings"] == "rope" and not hyper["mlpT"]:
            self.rope = self.frame.rope(self.w, S, hyper["headSize"], float(hyper["ropeTheta"]))
        e = self.frame.input_embeddings(self.w, tokens, rows, self.P)
        return e, self.frame.empty_carry(self.vectors, e)

    def step(self, carry, e):
        return self.recursion.step(self.levels, carry, e, self.rope)

    def read(self, carry):
        answer, logits = self.frame.answer(self.w, carry, self.P)
        return answer, logits, self.frame.q(self.w, carry)[:, 0]


class Eager:
    """TRM and HRM as one would write them: no script, no packing. Names as in the authors' code."""

    def __init__(self, case, dtype):
        self.hyper, self.P = case.hyper, case.hyper["puzzleEmbLen"]
        self.architecture, self.dtype = case.architecture, DTYPES[dtype]
        self.w = {name: each.to(self.dtype) for name, each in case.weights.items() if name != "puzzle_emb.weights"}

    def begin(self, tokens, rows):
        w, D = self.w, self.hyper["hiddenSize"]
        e = w["embed_tokens.embedding_weight"][tokens]
        if self.P:
            padded = F.pad(rows.to(self.dtype), (0, self.P * D - rows.shape[1]))
            e = torch.cat([padded.view(-1, self.P, D), e], 1)
        if self.hyper["posEncodings"] == "learned":
            e = 0.707106781 * (e + w["embed_pos.embedding_weight"])
        e = D**0.5 * e
        self.cos_sin = self.rotary(e) if self.hyper["posEncodings"] == "rope" and not self.hyper["mlpT"] else None
        return e, [w[name].expand_as(e) for name in ("H_init", "L_init")]

    def rotary(self, e):
        d = self.hyper["headSize"]
        inverse = 1.0 / self.hyper["ropeTheta"] ** (torch.arange(0, d, 2, device=e.device).float() / d)
        angles = torch.outer(torch.arange(e.shape[1], device=e.device).float(), inverse)
        angles = torch.cat([angles, angles], -1).unsqueeze(1)
        return angles.cos(), angles.sin()

    def rotate(self, x):
        cos, sin = self.cos_sin
        x32 = x.float()
        first, second = x32.chunk(2, -1)
        return (x32 * cos + torch.cat([-second, first], -1) * sin).to(x.dtype)

    def rms_norm(self, x):
        x32 = x.float()
        return (x32 * torch.rsqrt(x32.square().mean(-1, keepdim=True) + self.hyper["rmsNormEps"])).to(x.dtype)

    def swiglu(self, x, name):
        gate, up = F.linear(x, self.w[name + ".gate_up_proj.weight"]).chunk(2, -1)
        return F.linear(F.silu(gate) * up, self.w[name + ".down_proj.weight"])

    def attention(self, x, name):
        B, S, _ = x.shape
        H, d = self.hyper["numHeads"], self.hyper["headSize"]
        q, k, v = F.linear(x, self.w[name + ".qkv_proj.weight"]).view(B, S, 3 * H, d).chunk(3, 2)
        if self.cos_sin:
            q, k = self.rotate(q), self.rotate(k)
        q, k, v = (each.transpose(1, 2) for each in (q, k, v))
        if hasattr(F, "scaled_dot_product_attention"):
            seen = F.scaled_dot_product_attention(q, k, v)
        else:
            seen = torch.softmax(q @ k.transpose(-2, -1) * d**-0.5, -1) @ v
        return F.linear(seen.transpose(1, 2).reshape(B, S, H * d), self.w[name + ".o_proj.weight"])

    def level(self, name, layers, x):
        for i in range(layers):
            layer = f"{name}.layers.{i}"
            if self.hyper["mlpT"]:
                xt = x.transpose(1, 2)
                x = self.rms_norm(xt + self.swiglu(xt, layer + ".mlp_t")).transpose(1, 2)
            else:
                x = self.rms_norm(x + self.attention(x, layer + ".self_attn"))
            x = self.rms_norm(x + self.swiglu(x, layer + ".mlp"))
        return x

    def step(self, carry, e):
        z_H, z_L = carry
        low = lambda x: self.level("L_level", self.hyper["lLayers"], x)
        high = low if self.architecture == "trm" else lambda x: self.level("H_level", self.hyper["hLayers"], x)
        for _ in range(self.hyper["hCycles"]):
            for _ in range(self.hyper["lCycles"]):
                z_L = low(z_L + z_H + e)
            z_H = high(z_H + z_L)
        return [z_H, z_L]

    def read(self, carry):
        logits = F.linear(carry[0][:, self.P :], self.w["lm_head.weight"]).float()
        q = F.linear(carry[0][:, 0], self.w["q_head.weight"], self.w["q_head.bias"]).float()
        return logits.argmax(-1), logits, q[:, 0]

    @staticmethod
    def knows(case):
        return case.architecture in ("trm", "hrm")


def apart(got, wanted):
    difference = (got.double() - wanted.double()).abs()
    return difference.max().item(), difference.mean().item()


def parity(case, way, dtype):
    """-> largest and mean distance of the logits, largest of the halt logits, share of equal tokens."""
    network = way(case, dtype)
    tokens, rows = case.inputs(case.arrays["tokens"].shape[0])
    e, carry = network.begin(tokens, rows)
    largest, means, q_largest = 0.0, [], 0.0
    halts = case.arrays["q_halt"].reshape(-1, tokens.shape[0])
    for step in range(1, case.steps + 1):
        carry = network.step(carry, e)
        answer, logits, q = network.read(carry)
        q_largest = max(q_largest, apart(q, halts[step - 1])[0])
        for name in [f"logits_step{step}"] + ["logits_steplast"] * (step == case.steps):
            if name in case.arrays:
                far, mean = apart(logits, case.arrays[name].reshape(logits.shape))
                largest = max(largest, far)
                means.append(mean)
    wanted = case.arrays["preds"].reshape(answer.shape).long()
    last = case.arrays.get("logits_steplast", case.arrays["logits_step1"]).reshape(logits.shape)
    at = lambda tokens: last.gather(-1, tokens.unsqueeze(-1)).squeeze(-1)
    tie = TIE if dtype == "float32" else 0.0
    equal = (answer.long() == wanted) | ((at(wanted) - at(answer.long())).abs() < tie)
    return largest, statistics.mean(means), q_largest, equal.double().mean().item()


def print_parity(cases):
    print("| case | expected of | script | type | logits, max | mean | q, max | equal tokens |")
    print("|---|---|---|---|---:|---:|---:|---:|")
    right = True
    for case in cases:
        for way in [Scripted] + [Eager] * Eager.knows(case):
            for dtype in DTYPES:
                largest, mean, q, equal = parity(case, way, dtype)
                # What the authors computed in bfloat16 is no measure of float32.
                held = dtype == case.dtype == "float32"
                good = not held or largest <= FLOAT32_LIMIT and q <= FLOAT32_LIMIT and equal == 1.0
                right = right and good
                name = "solver's" if way is Scripted else "plain eager"
                print(
                    f"| {case.name} | {case.expected}, {case.dtype} | {name} | {dtype} | {largest:.2e} | {mean:.2e} | {q:.2e} "
                    f"| {equal:.4f}{'' if good else ' **wrong**'} |",
                    flush=True,
                )
    return right


class Turns:
    """Times contestants in turn: what else runs slows all alike, so that ratios hold."""

    def __init__(self, device, rounds):
        self.device, self.rounds = device, rounds

    def timed(self, run):
        wait = {"cuda": torch.cuda.synchronize, "mps": lambda: torch.mps.synchronize()}.get(self.device.type, lambda: None)
        wait()
        begun = time.perf_counter()
        run()
        wait()
        return time.perf_counter() - begun

    def medians(self, contestants):
        """-> seconds by name; the first two turns of each do not count"""
        times = {name: [] for name in contestants}
        for turn in range(-2, self.rounds):
            for name, run in contestants.items():
                seconds = self.timed(run)
                if turn >= 0:
                    times[name].append(seconds)
        return {name: statistics.median(each) for name, each in times.items()}


def stepping(network, case, batch, fused=False):
    e, carry = network.begin(*case.inputs(batch))

    def run():
        with torch.jit.optimized_execution(fused):
            network.step(carry, e)

    return run


def cuda_graph(network, case, batch):
    e, carry = network.begin(*case.inputs(batch))
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side), torch.jit.optimized_execution(False):
        for _ in range(2):
            network.step(carry, e)
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.jit.optimized_execution(False), torch.cuda.graph(graph):
        network.step(carry, e)
    return graph.replay


def product(size, dtype, device):
    square = torch.randn(size, size, device=device).to(DTYPES[dtype])
    return lambda: square @ square


def contestants(case, dtype, batch, size):
    ways = {"peak": product(size, dtype, case.device)}
    ways["plain eager"] = stepping(Eager(case, dtype), case, batch)
    scripted = Scripted(case, dtype)
    ways["solver"] = stepping(scripted, case, batch)
    ways["solver, fused"] = stepping(scripted, case, batch, fused=True)
    if case.device.type == "cuda":
        try:
            ways["solver, CUDA graph"] = cuda_graph(scripted, case, batch)
        except RuntimeError as error:
            print(f"no CUDA graph of {case.name}: {str(error).splitlines()[0]}", file=sys.stderr)
    return ways


def print_rates(cases, batches, turns, size):
    print("| network | batch | type | run as | examples/s | TFLOP/s | of the peak | to plain eager |")
    print("|---|---:|---|---|---:|---:|---:|---:|")
    for case in cases:
        for dtype in DTYPES:
            for batch in batches:
                try:
                    seconds = turns.medians(contestants(case, dtype, batch, size))
                except torch.OutOfMemoryError if hasattr(torch, "OutOfMemoryError") else MemoryError:
                    print(f"| {case.name} | {batch} | {dtype} | out of memory | | | | |", flush=True)
                    break
                peak = 2.0 * size**3 / seconds.pop("peak") / 1e12
                for name, each in seconds.items():
                    rate = batch * case.flops / each / 1e12
                    print(
                        f"| {case.name} | {batch} | {dtype} | {name} | {batch / each / case.published:.4g} | {rate:.3g} "
                        f"| {100 * rate / peak:.0f}% of {peak:.3g} | {seconds['plain eager'] / each:.2f} |",
                        flush=True,
                    )


def best_device():
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if getattr(torch.backends, "mps", None) and torch.backends.mps.is_available() else "cpu"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = pathlib.Path(__file__).resolve().parent
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=here, help="default: where this file is")
    parser.add_argument("--device", default=best_device(), help="default: %(default)s")
    parser.add_argument("--batch", type=int, nargs="+", help="default: 1 16 64 256, on a CPU 1")
    parser.add_argument("--rounds", type=int, default=5, help="turns that count (default: %(default)s)")
    parser.add_argument("--peak-size", type=int, help="of the large product; default: 8192, on a CPU 2048")
    parser.add_argument("--only", default="", help="only cases whose name has a match of this expression")
    parser.add_argument("--parity", action="store_true", help="no rates")
    parser.add_argument("--older", action="store_true", help="run on a PyTorch older than 2.6 all the same")
    asked = parser.parse_args()
    version = tuple(int(each) for each in re.findall(r"\d+", torch.__version__)[:2])
    if version < (2, 6) and not asked.older:
        parser.error(f"this is PyTorch {torch.__version__}, and 2.6 or newer is needed: pip install 'torch>=2.6'")
    # The default of float32 matrix products on some devices has ten bits: not what float32 promises.
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    device = torch.device(asked.device)
    folders = sorted(each.parent for each in asked.folder.glob("*/case.json"))
    cases = [Case(each, device) for each in folders if re.search(asked.only, each.name)]
    if not cases:
        parser.error(f"no case in {asked.folder}: write the folder with AcceleratorFolder (docs/benchmarks.md)")
    cpu = device.type == "cpu"
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else f"{device.type}, {torch.get_num_threads()} threads"
    print(f"PyTorch {torch.__version__}, {name}\n")
    with torch.inference_mode():
        right = print_parity(cases)
        if not asked.parity:
            print()
            measured = [each for each in cases if each.flops]
            print_rates(measured, asked.batch or ([1] if cpu else [1, 16, 64, 256]),
                        Turns(device, asked.rounds), asked.peak_size or (2048 if cpu else 8192))
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
