package org.hearthwatch.plugin.jar;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Reads what the classes of a plugin call. Not thread-safe. */
final class ClassScan {

    private final Set<Wish> wishes = EnumSet.noneOf(Wish.class);

    /**
     * Looks at one class.
     *
     * @throws UnfitJarException if it is no class file of a version known
     */
    void look(String entry, byte[] bytes) throws UnfitJarException {
        try {
            new ClassReader(bytes).accept(new Look(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (RuntimeException e) {
            // ASM reports malformed bytes by whatever its array access throws.
            throw new UnfitJarException("holds a class file that cannot be read: " + entry);
        }
    }

    Set<Wish> wishes() {
        return wishes;
    }

    private final class Look extends ClassVisitor {

        Look() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            if ("java/lang/Thread".equals(superName)) {
                wishes.add(Wish.THREADS);
            } else if ("java/lang/ClassLoader".equals(superName) || "java/net/URLClassLoader".equals(superName)) {
                wishes.add(Wish.CLASS_LOADING);
            }
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            if ((access & Opcodes.ACC_NATIVE) != 0) {
                wishes.add(Wish.NATIVE_CODE);
            }
            return new Calls();
        }
    }

    private final class Calls extends MethodVisitor {

        Calls() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            Wish.ofCall(owner, name, descriptor, wishes);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            Wish.ofType(owner, wishes);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            Wish.ofType(type, wishes);
        }

        @Override
        public void visitLdcInsn(Object value) {
            constant(value);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                constant(argument);
            }
        }

        private void constant(Object value) {
            if (value instanceof Handle handle) {
                Wish.ofCall(handle.getOwner(), handle.getName(), handle.getDesc(), wishes);
            } else if (value instanceof Type type && type.getSort() == Type.OBJECT) {
                Wish.ofType(type.getInternalName(), wishes);
            }
        }
    }
}
