# For CPUs: products in float32 with weights packed once by oneDNN. With bfloat16 or float16 each result is rounded to it,
# which is what hardware for these types does (it sums in float32), at the speed of float32.
def pack(w: Tensor) -> Tensor:
  return ops.mkldnn._reorder_linear_weight(torch.to(w, 6), None)

def linear(x: Tensor, w: Tensor) -> Tensor:
  y = ops.mkldnn._linear_pointwise(torch.to(x, 6), w, None, "none", annotate(List[Optional[number]], []), "")
  return torch.to(y, ops.prim.dtype(x))

# q, k, v of B x H x S x d; scale 1 / sqrt(d)
def attend(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
  return torch.to(torch.scaled_dot_product_attention(torch.to(q, 6), torch.to(k, 6), torch.to(v, 6)), ops.prim.dtype(q))

# down(silu(gate) up), gate and up the halves of gate_up(x); some rows at a time, so that what lies between the two products
# never leaves the caches
def swiglu(x: Tensor, gate_up: Tensor, down: Tensor) -> Tensor:
  rows = torch.flatten(x, 0, -2)
  out = annotate(List[Tensor], [])
  for part in torch.split(rows, 256):
    gate, up = torch.chunk(__torch__.kernels.linear(part, gate_up), 2, -1)
    _0 = torch.append(out, __torch__.kernels.linear(torch.mul(torch.silu_(gate), up), down))
  return torch.view(torch.cat(out), torch.size(x))
