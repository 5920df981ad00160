# The layers that all networks share, in the dialect of serialised TorchScript: dtypes are numbers (6 float32, 15 bfloat16,
# 5 float16). B batch, S = P + L positions, D hidden size, H heads, d head size. A level is a flat list of four matrices a
# block: qkv and o (or gate_up and down of the token mixer), then gate_up and down. What depends on the machine, matrix
# products, attention and the MLP between two products, stands in kernels_*.py.

# rms(x) = x / sqrt(mean(x^2) + eps) over the last axis, in float32, without a learned scale
def rms(x: Tensor, eps: float) -> Tensor:
  x32 = torch.to(x, 6)
  norm = torch.linalg_vector_norm(x32, 2, [-1], True)
  mean = torch.div(torch.square(norm), torch.size(x, -1))
  return torch.to(torch.mul(x32, torch.rsqrt(torch.add(mean, eps))), ops.prim.dtype(x))

# x of B x S x heads x d, tables of S x 1 x d: x cos + rotate_half(x) sin; the sign of the half is in the table
def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
  x32 = torch.to(x, 6)
  halves = torch.roll(x32, [torch.floordiv(torch.size(x, -1), 2)], [-1])
  return torch.to(torch.addcmul(torch.mul(x32, cos), halves, sin), ops.prim.dtype(x))

def attention(x: Tensor, qkv: Tensor, o: Tensor, heads: int, rope: List[Tensor]) -> Tensor:
  B, S = torch.size(x, 0), torch.size(x, 1)
  mixed = __torch__.kernels.linear(x, qkv)
  d = torch.floordiv(torch.size(mixed, -1), torch.mul(3, heads))
  q, k, v = torch.chunk(torch.view(mixed, [B, S, torch.mul(3, heads), d]), 3, 2)
  if torch.gt(torch.len(rope), 0):
    q = __torch__.layers.rotate(q, rope[0], rope[1])
    k = __torch__.layers.rotate(k, rope[0], rope[1])
  seen = __torch__.kernels.attend(torch.transpose(q, 1, 2), torch.transpose(k, 1, 2), torch.transpose(v, 1, 2))
  return __torch__.kernels.linear(torch.reshape(torch.transpose(seen, 1, 2), [B, S, torch.mul(heads, d)]), o)

# a stack of blocks on x of B x S x D, normed after each residual
def level(w: List[Tensor], x: Tensor, rope: List[Tensor], mlp_t: bool, heads: int, eps: float) -> Tensor:
  for i in range(torch.floordiv(torch.len(w), 4)):
    j = torch.mul(4, i)
    if mlp_t:
      xt = torch.contiguous(torch.transpose(x, 1, 2))
      mixed = __torch__.kernels.swiglu(xt, w[j], w[torch.add(j, 1)])
      x = torch.contiguous(torch.transpose(__torch__.layers.rms(torch.add_(mixed, xt), eps), 1, 2))
    else:
      seen = __torch__.layers.attention(x, w[j], w[torch.add(j, 1)], heads, rope)
      x = __torch__.layers.rms(torch.add_(seen, x), eps)
    fed = __torch__.kernels.swiglu(x, w[torch.add(j, 2)], w[torch.add(j, 3)])
    x = __torch__.layers.rms(torch.add_(fed, x), eps)
  return x
